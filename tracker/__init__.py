"""The KM Milestone tracker: five yearly stages, seven steps, every unit of a large organisation.

The map of the package, from the ground up; a package uses those above it in this list, never one below:

paths, thai        where shipped files lie; Thai dates, digits, sorting and normalising: pure functions
database           naming convention, column types, Base, open_engine
organisation       units and their tree, levels, executive posts, the installation itself
accounts           persons, the roles they hold, and the one permission function
audit              the trail of who changed what
change, session    the first argument of every operation; the only place that commits
web                what all pages share: guards, forms, errors, headers, paging, language, downloads
signin             sessions, signing in and out, one's own account
administration     people, roles, units, posts and settings
programme          the five stages, the seven steps, kinds of activity, who is enrolled
facilitators       people who facilitate, their postings and trainings
activities         what units did
sharing            share-and-show events, their entries and what became of them
register           pages of facilitators and trainings
progress           what units claim, what the records show, and the recount that keeps them true
following          questions, encouragement, calls, pauses, announcements
reporting          the official progress report: page, docx, xlsx and csv
home, overview     a unit's own work; the dashboards that executives and the office read
app                create_app: the only module that knows every slice
demo               an invented department, to try the tracker with
cli                the `tracker` command
"""
