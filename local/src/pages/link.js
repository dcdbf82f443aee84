// The token stands behind the "#" of the link, which the browser sends to nobody; it goes to the API alone.
const joining = location.pathname === "/join";
const confirming = location.pathname === "/verify-email";
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const [title, form, said] = ["#title", "form", "#said"].map((name) => document.querySelector(name));

title.textContent = joining ? "Join" : confirming ? "Confirm your email address" : "Choose a new password";
for (const part of document.querySelectorAll("[data-of]")) {
  part.hidden = !part.dataset.of.split(" ").includes(location.pathname);
}
form.elements.password.required = !confirming;
if (!token) said.textContent = "This link has no token. Open it as it stands in the mail.";

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = (name) => form.elements[name].value;
  const password = field("password");
  const body = confirming ? { token } : joining
    ? { fullName: field("fullName"), email: field("email"), password, invitation: token,
        agreeToTerms: form.elements.agreeToTerms.checked }
    : { token, password };
  const path = joining ? "signup" : confirming ? "verify-email" : "reset-password";
  const answer = await fetch(`/api/auth/${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  });
  if (answer.ok) {
    form.hidden = true;
    said.textContent = joining ? "You have joined. Sign in with your password."
      : confirming ? "Your email address is confirmed." : "Sign in with your new password.";
    return;
  }
  const problem = await answer.json().catch(() => ({}));
  const wrong = (problem.errors ?? []).map((error) => `${error.field} ${error.detail}`);
  said.textContent = wrong.join("; ") || problem.detail || problem.title || "That did not work.";
});
