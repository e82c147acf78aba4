/* Small comforts. Every page works without this file: menus are <details>, filters are GET, undo is a form. */
(function () {
  "use strict";

  var root = document.documentElement;

  /* The error summary, or the first field that is wrong, is where a person goes on. */
  function focusErrors() {
    var summary = document.querySelector(".errsum");
    if (summary) {
      summary.focus();
    }
  }

  /* A link in the summary leads to a control: a hidden one in a closed <details> is opened first. */
  function openAround(target) {
    for (var el = target; el; el = el.parentElement) {
      if (el.tagName === "DETAILS") {
        el.open = true;
      }
    }
  }

  function followSummaryLink(event) {
    var link = event.target.closest(".errsum a[href^='#']");
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target) {
      event.preventDefault();
      openAround(target);
      target.focus();
      target.scrollIntoView({ block: "center" });
    }
  }

  /* Menus: one open at a time, closed by Escape and by a click elsewhere. */
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) {
        menu.open = false;
      }
    });
  }

  function closeOnEscape(event) {
    if (event.key !== "Escape") {
      return;
    }
    var menu = document.querySelector("details.menu[open]");
    if (menu) {
      closeMenus(null);
      menu.querySelector("summary").focus();
    }
  }

  /* Theme: remembered on this machine only. */
  function switchTheme(event) {
    if (!event.target.closest("[data-theme-toggle]")) {
      return;
    }
    var theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", theme);
    try {
      localStorage.setItem("theme", theme);
    } catch (refused) {
      /* the choice then lasts for this page */
    }
    closeMenus(null);
  }

  var SECRET = "[autocomplete$='password']";
  var MOST_TYPED = 100000; /* as in tracker/web/shell.py */

  /* A form that was typed into asks before the page is left. */
  var typedInto = []; /* the forms, in the order of typing */

  function noteChange(event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-guard") && typedInto.indexOf(form) < 0) {
      typedInto.push(form);
    }
  }

  function askBeforeLeaving(event) {
    if (typedInto.length) {
      event.preventDefault();
      event.returnValue = "";
    }
  }

  function isChosen(input) {
    return input.files.length > 0;
  }

  /* The switch of the language takes along what was typed: it has the form kept, and comes back to it filled in. */
  function takeAlong(event) {
    var to = event.target.closest(".lang a, .lang button");
    var form = typedInto[0];
    if (!to || event.ctrlKey || event.metaKey || typedInto.length !== 1 || form.querySelector(SECRET)) {
      return;
    }
    var files = Array.from(form.querySelectorAll("[type=file]"));
    var typed = Array.from(new FormData(form)).filter(function (pair) {
      return pair[0] !== "csrf_token" && typeof pair[1] === "string";
    });
    var carrier = document.createElement("form");
    [["csrf_token", form.elements.csrf_token.value], ["typed", JSON.stringify(typed)]].forEach(function (pair) {
      var input = document.createElement("input");
      input.type = "hidden";
      input.name = pair[0];
      input.value = pair[1];
      carrier.append(input);
    });
    if (carrier.elements.typed.value.length > MOST_TYPED || files.some(isChosen)) {
      return; /* then the browser asks */
    }
    event.preventDefault();
    typedInto = [];
    carrier.method = "post";
    carrier.action = to.formAction || to.href;
    document.body.append(carrier);
    carrier.submit();
  }

  /* One submit is enough. The buttons are switched off a moment later, so the pressed one's name is still sent. */
  function submitOnce(event) {
    var form = event.target;
    typedInto = form.classList.contains("lang") ? typedInto : [];
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(function () {
      buttonsOf(form).forEach(function (button) {
        button.disabled = true;
        button.setAttribute("aria-busy", "true");
      });
    }, 0);
    /* A download answers without leaving the page, and a lost connection must not lock the form for good. */
    setTimeout(function () {
      release(form);
    }, 8000);
  }

  function buttonsOf(form) {
    return Array.prototype.filter.call(form.elements, function (el) {
      return el.tagName === "BUTTON" && el.type === "submit";
    });
  }

  function release(form) {
    delete form.dataset.sent;
    buttonsOf(form).forEach(function (button) {
      if (button.getAttribute("aria-busy")) {
        button.disabled = false;
        button.removeAttribute("aria-busy");
      }
    });
  }

  /* Back from another page shows the form as it was: ready to be sent again. */
  function releaseAll(event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-sent]").forEach(release);
    }
  }

  /* A kind that belongs to another step than the chosen one would be sent although nobody sees it. */
  function dropHiddenKinds(event) {
    var form = event.target.form;
    if (!form || !event.target.closest("[data-no], select")) {
      return;
    }
    form.querySelectorAll(".kinds input:checked").forEach(function (input) {
      if (input.offsetParent === null) {
        input.checked = false;
      }
    });
  }

  function showPassword(event) {
    var button = event.target.closest("[data-reveal]");
    var input = button && document.getElementById(button.dataset.reveal);
    if (input) {
      var shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    }
  }

  function printPage(event) {
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  }

  function copyText(event) {
    var button = event.target.closest("[data-copy]");
    var source = button && document.getElementById(button.dataset.copy);
    if (source && navigator.clipboard) {
      navigator.clipboard.writeText(source.textContent.trim()).then(function () {
        button.textContent = button.dataset.copied || button.textContent;
      });
    }
  }

  /* The server says a day back in words; when another is chosen the words follow, or go where there is none. */
  function sayDay(event) {
    var box = event.target.closest(".bedate");
    var echo = box && box.nextElementSibling;
    if (!echo || !echo.classList.contains("echo")) {
      return;
    }
    var parts = box.querySelectorAll("select");
    var thai = root.lang !== "en";
    var day = Number(parts[0].value);
    var month = Number(parts[1].value);
    var year = Number(parts[2].value) - (thai ? 543 : 0);
    var chosen = new Date(Date.UTC(year, month - 1, day));
    echo.hidden = !day || !month || !(year > 0) || chosen.getUTCDate() !== day;
    if (!echo.hidden) {
      var name = new Intl.DateTimeFormat(root.lang, { weekday: "long", timeZone: "UTC" }).format(chosen);
      var words = [day, parts[1].selectedOptions[0].text, thai ? "พ.ศ. " + parts[2].value : parts[2].value];
      echo.textContent = name + (thai ? "ที่ " : " ") + words.join(" ");
    }
  }

  function sendOnChange(event) {
    var form = event.target.form;
    if (form && event.target.hasAttribute("data-autosubmit")) {
      form.requestSubmit();
    }
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    [followSummaryLink, takeAlong, switchTheme, showPassword, printPage, copyText].forEach(function (act) {
      act(event);
    });
  });
  document.addEventListener("keydown", closeOnEscape);
  document.addEventListener("input", noteChange);
  document.addEventListener("change", function (event) {
    noteChange(event);
    dropHiddenKinds(event);
    sayDay(event);
    sendOnChange(event);
  });
  document.addEventListener("submit", submitOnce);
  window.addEventListener("beforeunload", askBeforeLeaving);
  window.addEventListener("pageshow", releaseAll);
  focusErrors();
})();
