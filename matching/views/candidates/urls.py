"""Below `/users/<id>/candidates/`, among names of their own: matching may not add to those of `users`."""

from django.urls import path

from .candidates import candidates
from .compare import compare
from .introduce import introduce, take_back
from .why_not import why_not

app_name = "candidates"
urlpatterns = [
    path("<usr:user_id>/candidates/", candidates, name="list"),
    path("<usr:user_id>/candidates/compare/", compare, name="compare"),
    path("<usr:user_id>/candidates/why-not/", why_not, name="why_not"),
    path("<usr:user_id>/candidates/introduce/", introduce, name="introduce"),
    path("<usr:user_id>/candidates/introduce/<mh:introduction_id>/undo/", take_back, name="take_back"),
]
