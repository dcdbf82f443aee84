// The token follows the "#" of the link, so the browser does not send it to any server. Only the API gets it.
const joining = location.pathname === "/join";
const confirming = location.pathname === "/verify-email";
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const [title, form, said] = ["#title", "form", "#said"].map((name) => document.querySelector(name));

title.textContent = joining ? "Join" : confirming ? "Confirm your email address" : "Reset your password";
for (const part of document.querySelectorAll("[data-of]")) {
  part.hidden = !part.dataset.of.split(" ").includes(location.pathname);
}
form.elements.password.required = !confirming;
if (!token) said.textContent = "This link is incomplete. Copy the whole link from the email.";

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
    said.textContent = joining ? "Your account is ready. Sign in with your password."
      : confirming ? "Your email address is confirmed." : "Your password was reset. Sign in with the new password.";
    return;
  }
  const problem = await answer.json().catch(() => ({}));
  const wrong = (problem.errors ?? []).map((error) => `${error.field}: ${error.detail}`);
  said.textContent = wrong.join(" ") || problem.detail || problem.title || "Something went wrong. Try again.";
});
