/* Ctrl+Enter sends the form one is typing in; the first field is ready when the page opens. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    var form = event.target.form;
    if (!form || !form.hasAttribute("data-ctrl-enter")) return;
    event.preventDefault();
    if (form.requestSubmit) form.requestSubmit(); else form.submit();
  });
  var summary = document.querySelector(".error-summary");
  var first = document.getElementById("id_text");
  if (first && !summary) first.focus();
})();
