"""How people sign up and log in: the same on every installation."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.signing_in.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code, not a link: it counts only in the browser that chose the password (docs/adr/0022-confirmed-by-code.md).
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
# Seconds: mail may wait for a slow server. Whoever is later logs in and gets another code.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 3600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
# Accounts whose address nobody has confirmed are deleted after so many days.
NEVER_VERIFIED_DAYS = 7
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.signup.SignupForm"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.limited_forms.SignupForm",
    "reset_password": "accounts.forms.limited_forms.ResetPasswordForm",
    "add_email": "accounts.forms.limited_forms.AddEmailForm",
    "confirm_email_verification_code": "accounts.forms.limited_forms.ConfirmEmailVerificationCodeForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_PREVENT_ENUMERATION = True
# Beside kr_ru_platform/web/requests/throttling.py: what only django-allauth can count. A training room logs in at once.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "40/m/ip,5/5m/key",
    "signup": "120/m/ip",
    "reset_password": "60/m/ip",
    "confirm_email": "40/d/key",
}
MFA_ADAPTER = "accounts.signing_in.adapter.MFAAdapter"
INVITATION_DAYS = 14
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Korea-Russia Technology Matching"
