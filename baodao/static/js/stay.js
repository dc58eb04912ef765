/* Two minutes before a session ends a bar says so, and one press makes it last. When the press comes too late the bar says
   what holds then: the form is sent as ever, and what was typed comes back after the login. ES2017, no eval. */
(function () {
  "use strict";

  var meta = document.querySelector('meta[name="session-left"]'), shape = document.getElementById("stay");
  if (!meta || !shape || !window.fetch) return;
  var WARN = 120, ends = Date.now() + 1000 * Number(meta.content), bar = null;

  function show() {
    if (bar) return;
    bar = document.importNode(shape.content, true).firstElementChild;
    bar.querySelector("form").addEventListener("submit", stay);
    document.body.appendChild(bar);
  }

  function over() {
    show();
    bar.querySelector("[data-soon]").hidden = true;
    bar.querySelector("[data-over]").hidden = false;
    bar.querySelector("form").hidden = true;
  }

  function stay(event) {
    event.preventDefault();
    event.stopPropagation();
    var form = event.target;
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok) throw new Error(); return answer.json(); })
      .then(function (said) { ends = Date.now() + 1000 * said.left; bar.remove(); bar = null; look(); })
      .catch(over);
  }

  /* A machine that slept wakes up with its timers late, so the clock is asked, not counted. */
  function look() {
    var left = (ends - Date.now()) / 1000;
    if (left <= 0) { over(); return; }
    if (left <= WARN) show();
    setTimeout(look, 1000 * Math.max(1, Math.min(left > WARN ? left - WARN : left, 600)));
  }
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) return;
    if (ends <= Date.now()) over(); else if (ends - Date.now() <= 1000 * WARN) show();
  });
  look();
})();
