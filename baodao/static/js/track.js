/* A slip's QR code opens /t/#CODE.SECRET: the part after # is put into the form, taken out of the address, and sent.
   Without scripts code and secret are typed. */
(function () {
  "use strict";
  var found = /^#(\d{8})\.([0-9A-Za-z]{12})$/.exec(window.location.hash);
  var form = document.getElementById("track");
  if (!found || !form) return;
  form.elements.code.value = found[1];
  form.elements.secret.value = found[2];
  window.history.replaceState(null, "", window.location.pathname);
  form.submit();
})();
