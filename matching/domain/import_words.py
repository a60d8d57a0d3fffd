"""The words that files use for columns and values, besides our own codes."""

import re
from functools import cache, lru_cache
from typing import Any

from django.utils import translation

from accounts.enums import Country
from kr_ru_platform.languages import Language
from matching.enums import Direction, DisclosureLevel, Field, IprStatus, Provenance, TransferMode

TEXT_COLUMNS = ("title", "summary", "description", "advantages", "sought", "provenance")
HEADERS = {
    "external_id": "id external_id identifier 외부id 외부아이디 관리번호 식별자 식별번호 기술번호",
    "language": "lang language source_language 언어 원문언어",
    "title": "title name 제목 기술명 기술이름 명칭 название",
    "summary": "summary abstract teaser 요약 개요 기술개요 초록 аннотация",
    "description": "description text body details 설명 상세설명 내용 기술내용 본문 описание",
    "advantages": "advantages innovation 장점 우수성 특징 차별성 преимущества",
    "sought": "sought wanted partner_sought 희망사항 협력희망사항 찾는협력 요청사항",
    "provenance": "provenance origin_of_the_text 텍스트출처 번역구분",
    "holder": "holder owner organisation organization 보유기관 기관 기관명 보유자 개발기관 правообладатель",
    "country": "country country_of_origin 국가 보유국 страна",
    "field": "field 분야 기술분야 область",
    "ipc_codes": "ipc ipc_codes ipc_code 특허분류 ipc분류",
    "trl": "trl 기술성숙도 기술준비도 기술성숙도_trl угт",
    "ipr_status": "ipr ipr_status ip_status 지식재산권 지재권 특허상태 지식재산",
    "transfer_modes": "transfer_modes transfer_mode modes 이전방식 협력방식 이전유형 협력유형",
    "direction": "direction 방향 이전방향 유형",
    "disclosure": "disclosure 공개수준 공개범위 공개등급",
    "source_url": "source_url url link 출처 원문주소 링크 출처주소",
}
LANGUAGES = {
    "ko": "ko kor kr korean ko-kr 한국어 한글 국문 корейский",
    "ru": "ru rus russian ru-ru 러시아어 노어 노문 русский",
    "en": "en eng english en-us en-gb 영어 영문 английский",
}
# How Koreans and the centre's own report call the codes, besides the labels of the enums.
VALUES: dict[type[Any], dict[str, str]] = {
    TransferMode: {
        "joint_development": "공동개발 공동연구",
        "expert_recruitment": "전문가영입 전문가초빙",
        "equipment_import": "장비도입 설비도입",
        "manufacturing": "제조 위탁제조",
        "contract_research": "위탁연구",
        "licence": "기술이전 라이선스 license licensing",
        "equity_in_kind": "기술출자 현물출자",
    },
    Direction: {
        "ru_kr": "case1 케이스1 1 러→한 러한 러시아→한국 ru→kr ru-kr",
        "kr_ru": "case2 케이스2 2 한→러 한러 한국→러시아 kr→ru kr-ru",
    },
    IprStatus: {
        "granted": "등록 특허등록 patent",
        "applied": "출원 특허출원 pending",
        "copyright": "저작권 디자인권",
        "secret": "노하우 영업비밀 know-how",
        "none": "없음 no",
        "unknown": "미상 확인필요",
    },
    DisclosureLevel: {"public": "공개", "members": "회원 회원공개", "nda": "nda후 비밀유지계약후"},
    Provenance: {
        "source": "원문 original",
        "human": "번역 사람번역 human",
        "machine": "기계번역 자동번역 mt",
    },
    Field: {
        "metals": "금속 소재 금속소재",
        "process": "공정 제조공정",
        "it": "정보기술 정보통신 ict",
        "space": "우주 항공 우주항공",
        "medical": "의료",
        "ai": "인공지능",
        "electronics": "전자 광학",
        "energy": "에너지",
        "chemistry": "화학",
        "bio": "바이오 생명공학",
        "agrifood": "농업 식품 농식품",
        "environment": "환경",
        "machinery": "기계 로봇",
        "transport": "수송 조선",
        "construction": "건설 자원",
        "other": "기타",
    },
    Country: {
        "KR": "한국 대한민국 korea southkorea",
        "RU": "러시아 러시아연방 russia россия рф",
        "US": "미국 usa",
        "ZZ": "기타",
    },
}
SUFFIX = re.compile(
    r"^(?P<base>.+?)\s*[_\-\s(\[]\s*(?P<language>[a-z]{2,3}|한국어|국문|러시아어|노문|영어|영문)\s*[)\]]?$"
)


def _plain(word: str) -> str:
    return re.sub(r"[\s_]+", "", word).casefold()


@cache
def _index(table: str) -> dict[str, str]:
    source = {"headers": HEADERS, "languages": LANGUAGES}[table]
    return {_plain(word): code for code, words in source.items() for word in words.split()}


@lru_cache(maxsize=1000)
def column_of(header: str) -> tuple[str, str]:
    """Our column for a header, with its language when it names one: "제목 (러시아어)" → title, ru."""
    names = _index("headers")
    plain = _plain(header)
    if plain in names:
        return names[plain], ""
    if match := SUFFIX.match(header.strip().casefold()):
        base = names.get(_plain(match["base"]), "")
        language = language_of(match["language"])
        if base in TEXT_COLUMNS and language:
            return base, language
    # A remark in brackets after a name that we know: "TRL (1-9)".
    without_remark = re.sub(r"[(\[].*$", "", plain)
    return names.get(without_remark, ""), ""


def language_of(word: str) -> Language | None:
    code = _index("languages").get(_plain(word))
    return Language(code) if code else None


@cache
def _choices(enum: Any) -> dict[str, str]:
    words = {_plain(word): code for code, names in VALUES[enum].items() for word in names.split()}
    for language in Language.values:
        with translation.override(language):
            words |= {_plain(str(choice.label)): choice.value for choice in enum}
    return words | {_plain(str(choice.value)): choice.value for choice in enum}


def choice_of(enum: Any, word: str) -> str | None:
    """The code for a code, for its label in any language of the portal, or for a usual synonym."""
    return _choices(enum).get(_plain(word))
