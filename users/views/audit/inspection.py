"""One month's inspection: what stands out, what was said of it, and the sign-off."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from users.inspection.checks import CHECKS
from users.inspection.finding import Finding
from users.inspection.inspecting import findings_of, rows_of
from users.inspection.month import Month
from users.inspection.report import Line, lines, report
from users.inspection.standing import has_record
from users.models import Action, Explanation, Inspection, UserAccessAudit
from users.models.inspection import refuse_inspecting
from users.models.status import VerbRefusedError
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed
from ygs_admin.web.flash import flash, flash_refusal

HTTP_UNPROCESSABLE = 422
LONGEST_NOTE = 500


class ExplanationForm(forms.Form):
    note = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
        help_text=_("What was found out, and from whom. Left empty, what was said before is taken back."),
    )


class SignOffForm(forms.Form):
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea)


@require_safe
@needs("users.view_useraccessaudit")
def inspection(request: StaffRequest, month: Month) -> HttpResponse:
    _load(month)
    shown = report(month, reader=request.user)
    _record(request, month, shown.named)
    may_inspect = request.user.has_perm("users.inspect_useraccessaudit")
    context = {"month": month, "report": shown, "may_inspect": may_inspect and shown.signed is None}
    return render(request, "users/inspections/month.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_useraccessaudit")
@needs("users.inspect_useraccessaudit")
@on_primary
def explain(request: StaffRequest, month: Month) -> HttpResponse:
    finding = _load_finding(month, request.GET.get("finding", ""))
    standing = Explanation.objects.of_month(month).get(finding.key)
    form = ExplanationForm(_posted(request), initial={"note": standing.note if standing else ""})
    if not form.is_valid():
        return _ask(request, month, finding, form)
    try:
        changed = Explanation.give(month, finding, form.cleaned_data["note"], by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, gettext("Noted.") if changed else gettext("Nothing has changed."))
    return redirect(f"{_url(month)}#{finding.check}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_useraccessaudit")
@needs("users.inspect_useraccessaudit")
@recently_confirmed
@on_primary
def sign_off(request: StaffRequest, month: Month) -> HttpResponse:
    _load(month)
    rows, findings = rows_of(month), findings_of(month)
    form = SignOffForm(_posted(request))
    try:
        refuse_inspecting(month, findings, by=request.user)
        if not form.is_valid():
            return _ask_to_sign(request, month, rows, findings, form)
        is_signed = Inspection.sign_off(month, rows, findings, form.cleaned_data["note"], by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return redirect(_url(month))
    if is_signed:
        flash(request, gettext("%(month)s is signed off.") % {"month": month})
    else:
        flash_refusal(request, gettext("%(month)s is signed off already.") % {"month": month})
    return redirect(_url(month))


def _posted(request: StaffRequest) -> Any:
    """Return what was sent, which may be nothing: every field may stay empty."""
    return request.POST if request.method == "POST" else None


def _load(month: Month) -> None:
    if not has_record(month):
        raise Http404


def _load_finding(month: Month, key: str) -> Finding:
    """Return what stands out under this key as it is now; only its own check is made again.

    Raises:
        Http404: nothing does, so that there is nothing to explain.
    """
    _load(month)
    check = CHECKS.get(key.partition(".")[0])
    found = [finding for finding in findings_of(month, [check]) if finding.key == key] if check else []
    if not found:
        raise Http404
    return found[0]


def _url(month: Month) -> str:
    return reverse("users:inspection", args=[month])


def _record(request: StaffRequest, month: Month, named: list[str]) -> None:
    UserAccessAudit.record(
        Action.VIEW,
        by=request.user,
        resource_type=Inspection._meta.db_table,
        resource_id=str(month),
        detail={"user_ids": named} if named else None,
    )


def _ask(request: StaffRequest, month: Month, finding: Finding, form: ExplanationForm) -> HttpResponse:
    line: Line = lines([finding], {}, reader=request.user)[0]
    _record(request, month, [line.whom.id] if line.whom else [])
    context: dict[str, Any] = {"month": month, "line": line, "form": form, "action_url": request.get_full_path()}
    status = HTTP_UNPROCESSABLE if form.is_bound else 200
    return render(request, "users/inspections/explain.html", context, status=status)


def _ask_to_sign(
    request: StaffRequest, month: Month, rows: int, findings: list[Finding], form: SignOffForm
) -> HttpResponse:
    explained = Explanation.objects.of_month(month)
    context = {
        "month": month,
        "rows": rows,
        "findings": len(findings),
        "missing": sum(finding.key not in explained for finding in findings),
        "form": form,
    }
    status = HTTP_UNPROCESSABLE if form.is_bound else 200
    return render(request, "users/inspections/sign_off.html", context, status=status)
