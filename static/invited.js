// A card or a message leads here with its code behind the "#", which no server ever sees.
// The code is put into the field, and taken out of the address bar and the browser's history.
const code = document.getElementById("code");
if (location.hash.length > 1) {
  code.value ||= decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
