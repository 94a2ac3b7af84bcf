"""What a member is told when a document is refused.

Members read Korean whatever language the person who refuses works in, so these are content and not texts of the
console: they are not translated. A reviewer starts from them and may write something else; what was sent is kept with
the document as its `reject_note`.
"""

from users.models import RejectReason

SENTENCES = {
    RejectReason.UNREADABLE: (
        "보내 주신 서류의 글자가 흐려 내용을 확인하지 못했습니다. "
        "번거로우시겠지만 밝은 곳에서 서류 전체가 나오도록 다시 찍어 올려 주세요."
    ),
    RejectReason.WRONG_DOCUMENT: (
        "보내 주신 서류가 선택하신 종류와 달라 확인하지 못했습니다. 안내를 참고하시어 해당하는 서류를 다시 올려 주세요."
    ),
    RejectReason.EXPIRED_DOCUMENT: (
        "보내 주신 서류의 유효 기간이 지났습니다. 최근 3개월 이내에 발급받으신 서류로 다시 올려 주세요."
    ),
    RejectReason.NAME_MISMATCH: (
        "서류에 적힌 이름이 가입하신 이름과 달라 확인하지 못했습니다. "
        "본인 이름으로 발급된 서류를 올려 주시고, 개명하셨다면 알려 주세요."
    ),
    RejectReason.RRN_NOT_MASKED: (
        "서류에 주민등록번호 뒷자리가 그대로 보입니다. "
        "소중한 개인정보를 지킬 수 있도록 뒷자리를 가린 뒤 다시 올려 주세요."
    ),
    RejectReason.SUSPECTED_FORGERY: (
        "보내 주신 서류의 발급 사실을 확인하지 못했습니다. "
        "발급 기관에서 서류를 새로 받아 올려 주시거나 고객센터로 문의해 주세요."
    ),
    RejectReason.OTHER: "",
}
"""Nothing for what only the reviewer knows."""


def sentence_for(reason: str) -> str:
    """Return the sentence to start from; nothing for a reason that the console does not know."""
    return SENTENCES.get(reason, "")  # type: ignore[call-overload, no-any-return]
