// Leaves at once and puts the other page in this one's place, so that "back" does not show it again.
// The link works without this; Escape pressed three times does the same.
const link = document.querySelector("a.leave");
let pressed = 0;

const leave = () => {
  document.documentElement.hidden = true;
  location.replace(link.href);
};

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("keydown", (event) => {
  pressed = event.key === "Escape" ? pressed + 1 : 0;
  if (pressed === 3) leave();
});
