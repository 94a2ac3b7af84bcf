from django.contrib.auth import views as django_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from ygs_admin.db.ids import register_id_converter

from .forms import SignInForm
from .verbs import VERBS
from .views import account_forms, account_verbs, accounts, me, passkeys
from .views.confirm import confirmation
from .views.password import password_change
from .views.set_up import set_up
from .views.verify import verify

register_id_converter("stf")
register_id_converter("ses")

sign_in = django_views.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True)

app_name = "staff"
urlpatterns = [
    path("sign-in/", sign_in, name="login"),
    path("sign-in/second-factor/", verify, name="verify"),
    path("sign-in/passkey/begin/", passkeys.sign_in_begin, name="passkey_sign_in_begin"),
    path("sign-in/passkey/complete/", passkeys.sign_in_complete, name="passkey_sign_in_complete"),
    path("sign-out/", login_not_required(django_views.LogoutView.as_view()), name="logout"),
    path("confirm/", confirmation, name="confirm"),
    path("second-factor/set-up/", set_up, name="set_up"),
    path("second-factor/passkey/begin/", passkeys.register_begin, name="passkey_register_begin"),
    path("second-factor/passkey/complete/", passkeys.register_complete, name="passkey_register_complete"),
    path("password/", password_change, name="password_change"),
    path("me/", me.me, name="me"),
    path("me/recovery-codes/", me.recovery_codes, name="recovery_codes"),
    path("me/devices/<slug:kind>/<int:device>/rename/", me.rename_device, name="rename_device"),
    path("me/devices/<slug:kind>/<int:device>/remove/", me.remove_device, name="remove_device"),
    path("me/sessions/<ses:session_id>/end/", me.end_session, name="end_my_session"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_my_other_sessions"),
    path("", accounts.accounts, name="list"),
    path("new/", account_forms.create_account, name="create"),
    path("unlock-address/", account_verbs.unlock_address, name="unlock_address"),
    path("<stf:staff_id>/", accounts.account, name="account"),
    path("<stf:staff_id>/edit/", account_forms.edit_account, name="edit"),
    path("<stf:staff_id>/temporary-password/", account_verbs.temporary_password, name="temporary_password"),
    *(path(f"<stf:staff_id>/{VERBS[key].path}/", view, name=key) for key, view in account_verbs.VERB_VIEWS.items()),
]
