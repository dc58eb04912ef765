/* What every page adds when scripts run: toast with its countdown, errors in focus, unsaved changes, files dropped,
   menus that close, forms sent once. Every page works without it. ES2017, no eval, no inline code. */
(function () {
  "use strict";

  function each(root, selector, deed) { Array.prototype.forEach.call(root.querySelectorAll(selector), deed); }

  /* The toast stands ten seconds, longer while it is pointed at or focused, and for good in big type. */
  function startToast(toast) {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    var left = 10, held = false, words = toast.querySelector("[data-left]");
    if (document.documentElement.dataset.theme === "big") return;
    ["mouseenter", "focusin"].forEach(function (name) { toast.addEventListener(name, function () { held = true; }); });
    ["mouseleave", "focusout"].forEach(function (name) { toast.addEventListener(name, function () { held = false; }); });
    function show() { if (words) words.textContent = "（" + left + " 秒）"; }
    show();
    var timer = setInterval(function () {
      if (held) return;
      left -= 1;
      if (left > 0) { show(); return; }
      clearInterval(timer);
      toast.remove();
    }, 1000);
  }

  /* After a refused form the summary takes the focus and the title says so. */
  function showErrors(root) {
    var summary = root.querySelector("[data-focus]");
    if (!summary) return;
    summary.focus();
    if (document.title.indexOf("错误：") !== 0) document.title = "错误：" + document.title;
  }

  /* A form marked data-guard asks before it is left with changes. */
  var changed = null;
  document.addEventListener("input", function (event) {
    var form = event.target.closest ? event.target.closest("form[data-guard]") : null;
    if (form) changed = form;
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed && document.contains(changed)) { event.preventDefault(); event.returnValue = ""; }
  });

  /* A second press on a form that is being sent does nothing; the server would answer with the first result anyway. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    changed = null;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(function () { delete form.dataset.sent; }, 5000);
  });
  window.addEventListener("pageshow", function () { each(document, "form[data-sent]", function (form) { delete form.dataset.sent; }); });

  /* A file may be dropped on the box around its field. */
  function startDrop(box) {
    var field = box.querySelector("input[type=file]");
    if (!field || box.dataset.started) return;
    box.dataset.started = "1";
    ["dragenter", "dragover"].forEach(function (name) {
      box.addEventListener(name, function (event) { event.preventDefault(); box.classList.add("over"); });
    });
    box.addEventListener("dragleave", function () { box.classList.remove("over"); });
    box.addEventListener("drop", function (event) {
      event.preventDefault();
      box.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* Open menus close on a press elsewhere and on Escape, which gives the focus back to what opened them. */
  document.addEventListener("click", function (event) {
    each(document, "details.menu-box[open]", function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    each(document, "details[data-menu][open]", function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
  });

  /* Boxes that pick many rows: data-pick-all picks every data-pick in its form; [data-picked] says how many. */
  function count(form) {
    each(form, "tr [data-pick]", function (box) { box.closest("tr").classList.toggle("picked", box.checked); });
    var picked = form.querySelectorAll("[data-pick]:checked").length;
    each(form, "[data-picked]", function (box) { box.hidden = picked === 0; });
    each(form, "[data-picked-count]", function (box) { box.textContent = String(picked); });
  }
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) {
      each(form, "[data-pick]", function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-pick], [data-pick-all]")) count(form);
    if (event.target.matches("[data-send]")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });

  /* Printing is a button only where scripts run. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("[data-print]") : null;
    if (button) window.print();
  });

  function start(root) {
    each(root, "[data-toast]", startToast);
    each(root, "[data-drop]", startDrop);
    each(root, "[data-script]", function (thing) { thing.hidden = false; });
    each(root, "form", count);
    showErrors(root);
  }
  start(document);
  document.addEventListener("htmx:afterSwap", function (event) { start(event.detail.elt); });
})();
