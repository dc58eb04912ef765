/* A form marked data-busy says what is going on while its answer is being worked out. Works without it. ES2017. */
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var words = event.target.dataset.busy, button = event.target.querySelector("button");
    if (!words || !button || event.defaultPrevented) return;
    var before = Array.from(button.childNodes), started = Date.now();
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-live", "polite");
    function show() { button.textContent = words + "，" + Math.round((Date.now() - started) / 1000) + " 秒"; }
    show();
    var timer = setInterval(show, 1000);
    window.addEventListener("pageshow", function () {
      clearInterval(timer);
      button.replaceChildren.apply(button, before);
      button.removeAttribute("aria-disabled");
    });
  });
})();
