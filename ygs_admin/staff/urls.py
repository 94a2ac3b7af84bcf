from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from .forms import SignInForm

app_name = "staff"
urlpatterns = [
    path(
        "sign-in/",
        views.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="login",
    ),
    path("sign-out/", login_not_required(views.LogoutView.as_view()), name="logout"),
    path(
        "password/",
        views.PasswordChangeView.as_view(success_url=reverse_lazy("staff:password_change_done")),
        name="password_change",
    ),
    path("password/done/", views.PasswordChangeDoneView.as_view(), name="password_change_done"),
]
