"""The words that files use for values, besides our own codes."""

from functools import cache
from typing import Any

from django.utils import translation

from accounts.enums import Country
from kr_ru_platform.words.languages import Language
from matching.domain.intake.files.headings import plain
from matching.enums import Direction, DisclosureLevel, Field, IprStatus, Provenance, TransferMode

# How Koreans and the centre's own report call the codes, besides the labels of the enums.
VALUES: dict[type[Any], dict[str, str]] = {
    TransferMode: {
        "joint_development": """공동개발 공동연구 공동연구개발 joint_research совместная_разработка
            совместные_разработки совместные_исследования совместные_ниокр совместный_проект""",
        "expert_recruitment": "전문가영입 전문가초빙 привлечение_специалистов приглашение_специалистов",
        "equipment_import": "장비도입 설비도입 поставка_оборудования закупка_оборудования",
        "manufacturing": "제조 위탁제조 생산 совместное_производство производство изготовление",
        "contract_research": "위탁연구 용역 контрактные_исследования ниокр_по_заказу заказные_ниокр",
        "licence": """기술이전 라이선스 라이센스 license licensing 실시권 лицензия лицензирование
            лицензионное_соглашение лицензионный_договор передача_технологии продажа_лицензии""",
        "equity_in_kind": "기술출자 현물출자 вклад_в_уставный_капитал",
    },
    Direction: {
        "ru_kr": "case1 케이스1 1 러→한 러한 러시아→한국 ru→kr ru-kr",
        "kr_ru": "case2 케이스2 2 한→러 한러 한국→러시아 kr→ru kr-ru",
    },
    IprStatus: {
        "granted": """등록 특허등록 등록특허 등록완료 patent patented 특허 есть патент запатентовано
            патент_получен получен да есть имеется yes 유 있음 보유""",
        "applied": "출원 특허출원 출원중 심사중 pending подана_заявка заявка заявка_подана на_рассмотрении",
        "copyright": "저작권 디자인권 авторское_право свидетельство",
        "secret": "노하우 영업비밀 know-how knowhow ноу-хау секрет_производства",
        "none": "없음 무 no нет отсутствует не_защищено",
        "unknown": "미상 확인필요 неизвестно",
    },
    DisclosureLevel: {
        "public": "공개 전체공개 일반공개 open открыто открытый открытая для_всех публично",
        "members": "회원 회원공개 회원에게공개 member для_участников участникам",
        # Whatever is not for everybody is taken for the most protected level.
        "nda": """nda후 비밀유지계약후 비공개 비밀 대외비 보안 confidential closed закрыто закрытый закрытая
            конфиденциально дсп для_служебного_пользования после_nda""",
    },
    Provenance: {
        "source": "원문 original оригинал",
        "human": "번역 사람번역 human перевод",
        "machine": "기계번역 자동번역 mt машинный_перевод",
    },
    Field: {
        "metals": "금속 소재 금속소재 재료 металлургия материалы металлы материаловедение",
        "process": "공정 제조공정 생산공정 сварка обработка технологические_процессы",
        "it": "정보기술 정보통신 ict it ит информационные_технологии",
        "space": "우주 항공 우주항공 항공우주 космос авиация",
        "medical": "의료 의학 의료기기 медицина",
        "ai": "인공지능 ии искусственный_интеллект",
        "electronics": "전자 광학 전기전자 센서 반도체 электроника оптика",
        "energy": "에너지 전력 энергетика энергия",
        "chemistry": "화학 화공 химия",
        "bio": "바이오 생명공학 биотехнологии биотехнология",
        "agrifood": "농업 식품 농식품 сельское_хозяйство агро пищевая",
        "environment": "환경 экология",
        "machinery": "기계 로봇 로봇공학 машиностроение робототехника",
        "transport": "수송 조선 자동차 транспорт судостроение",
        "construction": "건설 자원 строительство",
        "other": "기타 прочее другое",
    },
    Country: {
        "KR": "한국 대한민국 korea southkorea республика_корея корея южная_корея rok",
        "RU": "러시아 러시아연방 russia россия рф российская_федерация russian_federation",
        "US": "미국 usa сша",
        "ZZ": "기타",
    },
}


@cache
def _choices(enum: Any) -> dict[str, str]:
    words = {plain(word): code for code, names in VALUES[enum].items() for word in names.split()}
    for language in Language.values:
        with translation.override(language):
            words |= {plain(str(choice.label)): choice.value for choice in enum}
    return words | {plain(str(choice.value)): choice.value for choice in enum}


def choice_of(enum: Any, word: str) -> str | None:
    """The code for a code, for its label in any language of the portal, or for a usual synonym."""
    return _choices(enum).get(plain(word))
