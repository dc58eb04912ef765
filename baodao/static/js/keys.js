/* Keyboard of the desk: "/" goes to the search box, "?" opens the table of keys, and a page's own keys press what carries
   data-key="x". Nothing is taken while somebody types, and every key has a button that does the same. */
(function () {
  "use strict";

  function isTyping(thing) {
    return thing.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(thing.tagName) && !/^(checkbox|radio|button|submit)$/.test(thing.type);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "/") {
      var box = document.querySelector("[data-search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
      return;
    }
    if (event.key === "?") {
      var table = document.querySelector("details.keys");
      if (table) { event.preventDefault(); table.open = !table.open; table.querySelector("summary").focus(); }
      return;
    }
    if (!/^[a-z0-9]$/i.test(event.key)) return;
    var button = document.querySelector('[data-key="' + event.key.toLowerCase() + '"]');
    if (button) { event.preventDefault(); button.focus(); button.click(); }
  });
})();
