/* Long lists of answers: a box to search in, and a line that says what is ticked. Without this file they unfold by hand. */
(function () {
  "use strict";

  function plain(text) {
    return text.normalize("NFC").toLowerCase().trim();
  }

  function each(list, act) {
    Array.prototype.forEach.call(list, act);
  }

  function say(box) {
    var line = box.querySelector(".many-said");
    var names = [];
    each(box.querySelectorAll("input:checked"), function (input) {
      names.push(input.parentElement.textContent.trim());
    });
    line.textContent = names.length ? line.dataset.said.replace("{n}", names.length) + ": " + names.join(", ") : "";
  }

  function search(box, text) {
    var words = plain(text).split(/\s+/);
    var found = 0;
    each(box.querySelectorAll(".many-group"), function (group) {
      var here = 0;
      each(group.querySelectorAll(".choice"), function (label) {
        var name = plain(label.textContent + " " + label.firstElementChild.dataset.code);
        label.hidden = !words.every(function (word) { return name.indexOf(word) >= 0; });
        here += label.hidden ? 0 : 1;
      });
      group.hidden = here === 0;
      group.open = Boolean(words[0]) && here > 0;
      found += here;
    });
    box.querySelector(".many-none").hidden = found > 0;
  }

  each(document.querySelectorAll(".many"), function (box) {
    var find = box.querySelector("input[type=search]");
    ["input", "change"].forEach(function (kind) {
      find.addEventListener(kind, function (event) {
        event.stopPropagation(); /* nothing to save was typed */
        search(box, find.value);
      });
    });
    find.addEventListener("keydown", function (event) {
      if (event.key === "Enter") {
        event.preventDefault(); /* it would send the whole form */
      }
    });
    box.addEventListener("change", function () { say(box); });
  });
})();
