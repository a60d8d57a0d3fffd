"""What offices call their columns, in Korean, Russian and English."""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.reading.folding import clean, without_case

# Our column and, for a text that names it, its language.
Column = tuple[str, str]
TEXT_COLUMNS = ("title", "summary", "description", "advantages", "sought", "provenance")
# Words are compared without blanks, underscores, case, numbering and remarks in brackets.
HEADERS = {
    "external_id": """id external_id identifier technology_id reference ref_no ref.no ref.№
        technology_code code 외부id 외부아이디 관리번호
        식별자 식별번호 기술번호 기술코드 기술id 관리코드 기술관리번호 идентификатор код шифр учётный_номер
        номер_технологии код_технологии""",
    "language": "lang language source_language 언어 원문언어 язык язык_оригинала",
    "title": """title name technology technology_name technology_title name_of_technology
        name_of_the_technology 제목 기술명 기술이름 명칭 기술명칭 기술의명칭 기술제목 원천기술명 보유기술명
        대상기술명 이전기술명 제안기술명 공급기술명 발명의명칭 과제명 название наименование
        наименование_технологии название_технологии наименование_разработки название_разработки разработка
        технология тема название_проекта наименование_проекта наименование_продукции наименование_решения
        название_изобретения наименование_ниокр""",
    "summary": """summary abstract teaser short_description brief_description overview
        short_summary brief_summary executive_summary short_abstract
        요약 개요 기술개요
        기술요약 초록 요약문 기술의개요 간략설명 한줄소개 기술소개 аннотация краткое_описание реферат
        краткая_аннотация кратко краткая_характеристика резюме краткое_содержание краткое_описание_технологии
        краткое_описание_разработки""",
    "description": """description text body details full_description technology_description 설명 상세설명 내용
        기술내용 본문 기술설명 세부내용 상세내용 기술의내용 기술상세 세부설명 주요내용 описание
        подробное_описание полное_описание описание_технологии описание_разработки содержание сущность
        сущность_разработки суть_технологии техническое_описание""",
    "advantages": """advantages innovation benefits strengths novelty 장점 우수성 특징 차별성 기술특징
        기술의특징 강점 기술우수성 차별성및우수성 기대효과 преимущества достоинства новизна
        конкурентные_преимущества отличия научная_новизна преимущества_технологии""",
    "sought": """sought wanted partner_sought cooperation_sought 희망사항 협력희망사항 찾는협력 요청사항
        협력요청사항 협력희망내용 희망협력내용 희망파트너 требуется ищем требования_к_партнёру
        что_требуется_от_партнёра запрос_к_партнёру ожидания_от_партнёра""",
    "provenance": "provenance origin_of_the_text 텍스트출처 번역구분 происхождение_текста",
    "holder": """holder owner organisation organization institute institution company developer rights_holder
        provider organisation_name organization_name institution_name institute_name company_name holder_name
        name_of_organisation name_of_organization name_of_institution name_of_company patent_holder applicant
        보유기관 기관 기관명 보유자 개발기관 기술보유기관 기술보유자 보유기관명 기관이름 소속기관
        소속 연구기관 개발사 보유기업 기업명 회사명 업체명 권리자 특허권자 출원인 공급기관 제안기관 주관기관
        기술제공기관 правообладатель организация разработчик организация-разработчик
        организация-правообладатель наименование_организации название_организации держатель_технологии
        владелец организация-держатель институт учреждение предприятие компания патентообладатель заявитель
        научная_организация владелец_технологии организация-заявитель""",
    "holder_number": """registration_number business_number business_registration_number tax_id inn ogrn tin
        사업자번호 사업자등록번호 법인등록번호 법인번호 инн огрн огрнип кпп_инн инн_организации
        огрн_организации инн/огрн инн_разработчика""",
    "holder_id": """holder_id organisation_id organization_id institution_id 기관코드 기관id 보유기관코드
        기관번호 код_организации id_организации""",
    "country": """country country_of_origin 국가 보유국 국가명 소재국 원산국 보유국가 기술보유국 страна
        страна_происхождения""",
    "field": """field technology_field 분야 기술분야 기술분류 기술영역 область область_техники отрасль
        область_технологии технологическая_область""",
    "ipc_codes": "ipc ipc_codes ipc_code 특허분류 ipc분류 ipc코드 мпк индекс_мпк код_мпк",
    "trl": """trl technology_readiness_level readiness_level readiness trl_level
        development_stage stage_of_development maturity
        기술성숙도 기술준비도 기술성숙도_trl
        성숙도 준비도 기술수준 기술완성도 완성도 개발단계 기술단계 trl단계 기술준비수준 기술개발단계 угт
        стадия_готовности степень_готовности готовность уровень_готовности уровень_готовности_технологии
        стадия_разработки уровень_технологической_готовности стадия""",
    "ipr_status": """ipr ipr_status ip_status patent patents ip_protection
        intellectual_property patent_status ip ip_rights
        지식재산권 지재권 특허상태 지식재산
        지식재산권현황 지재권현황 특허현황 특허 지식재산권상태 권리현황 патент патенты
        интеллектуальная_собственность правовая_охрана охранные_документы рид патентная_защита статус_рид
        наличие_патента наличие_патентов патентный_статус""",
    "transfer_modes": """transfer_modes transfer_mode modes cooperation_type cooperation_form 이전방식
        협력방식 이전유형 협력유형 희망협력유형 협력형태 희망협력방식 기술이전방식 거래유형 이전형태
        협력희망유형 форма_сотрудничества формы_сотрудничества вид_сотрудничества форма_передачи
        способ_передачи условия_передачи предлагаемое_сотрудничество тип_сотрудничества формат_сотрудничества""",
    "direction": "direction 방향 이전방향 유형 направление_передачи",
    "disclosure": """disclosure confidentiality access_level 공개수준 공개범위 공개등급 공개여부 보안등급
        уровень_доступа доступ конфиденциальность гриф""",
    "source_url": """source_url url link website web_site homepage 출처 원문주소 링크 출처주소 홈페이지 누리집
        웹사이트 홈페이지주소 сайт ссылка источник веб-сайт адрес_сайта интернет-сайт""",
}
LANGUAGES = {
    "ko": "ko kor kr korean ko-kr 한국어 한글 국문 한국말 корейский кор корейском корейск",
    "ru": "ru rus russian ru-ru 러시아어 노어 노문 러어 русский рус русском русск",
    "en": "en eng english en-us en-gb 영어 영문 영문명 английский англ английском английск",
}
# Counting within one file: says nothing about the technology.
COUNTERS = "연번 순번 번호 no № n п/п №п/п nп/п n/n number # 일련번호 순서 порядковый_номер"
# Words of forms that leave a heading's meaning as it is.
FILLERS = frozenset(
    """
    полное полный полностью точное официальное предлагаемой предлагаемого предлагаемая данной технологии
    технологического разработки разработку проекта продукта решения инновации инновационной научной научно-технической
    해당 신청 제안 대상 보유 공급 본 기술의 이전 the of proposed offered full our technology
    """.split()
)
NUMBERING = re.compile(r"^[\s*※★•·\-\[(<【]*(?:\d{1,2}\s*[.)\]]|[①-⑳]|[ivx]{1,4}[.)])?\s*|[\s*※★:：.]+$")
REMARK = re.compile(r"\s*[(\[<【].*$", re.DOTALL)
SUFFIX = re.compile(
    r"^(?P<base>.+?)\s*[_\-\s(\[,/:]\s*(?:на\s+|in\s+)?(?P<language>[^\W\d_]{2,8})\.?(?:\s+языке)?\s*[)\]]*$"
)


def plain(word: str) -> str:
    return re.sub(r"[\s_]+", "", without_case(word))


@cache
def _index(table: str) -> dict[str, str]:
    source = {"headers": HEADERS, "languages": LANGUAGES, "counters": {"counter": COUNTERS}}[table]
    return {plain(word): code for code, words in source.items() for word in words.split()}


@lru_cache(maxsize=5000)
def column_of(header: str) -> Column:
    """Our column for a header, with its language when it names one: "제목 (러시아어)" → title, ru."""
    header = clean(header)
    for form in dict.fromkeys((header, NUMBERING.sub("", header))):
        if found := _by_name(form) or _by_language(form):
            return found
    if found := _by_name(_without_fillers(header)):
        return found
    # A remark in brackets after a name that we know, or the same name in two languages: "TRL (1-9)", "기술명 / Title".
    parts = [REMARK.sub("", part) for part in re.split(r"[/\n|]", header)]
    parts = [NUMBERING.sub("", part) for part in parts if part.strip()]
    found_in = {column for part in parts if (column := _by_name(part) or _by_name(_without_fillers(part)))}
    return found_in.pop() if len(found_in) == 1 else ("", "")


def _without_fillers(header: str) -> str:
    """ "Полное наименование предлагаемой разработки" → "наименование"; what says who may read it stays."""
    words = NUMBERING.sub("", REMARK.sub("", without_case(header))).split()
    return " ".join(word for word in words if word not in FILLERS)


def rank_of(header: str) -> int:
    """How surely the heading means its column: of two for one column, the earlier word in the list is meant."""
    return list(_index("headers")).index(plain(header)) if plain(header) in _index("headers") else 0


def is_counter(header: str) -> bool:
    return plain(NUMBERING.sub("", header) or header) in _index("counters")


def language_of(word: str) -> Language | None:
    code = _index("languages").get(plain(word).rstrip("."))
    return Language(code) if code else None


def guessed_column(header: str) -> str:
    """What an unknown heading may mean, for a person to confirm; public texts are never guessed."""
    if is_counter(header):
        return ""
    word = plain(REMARK.sub("", header))
    scored = [(_likeness(word, name), code) for name, code in _index("headers").items() if len(name) > 1]
    best, code = max(scored, default=(0.0, ""))
    if best < 0.6:
        return ""
    return "description" if code == "summary" else code


def _likeness(word: str, name: str) -> float:
    if name in word and len(name) >= 2:
        return 0.6 + 0.3 * len(name) / len(word)
    return SequenceMatcher(None, word, name).ratio()


def _by_name(header: str) -> Column | None:
    code = _index("headers").get(plain(header))
    return (code, "") if code else None


def _by_language(header: str) -> Column | None:
    names = _index("headers")
    if match := SUFFIX.match(without_case(header).strip()):
        base, language = names.get(plain(match["base"]), ""), language_of(match["language"])
        if base in TEXT_COLUMNS and language:
            return base, language
    # "영문 기술명", "국문제목"
    whole = plain(header)
    for word, code in _index("languages").items():
        base = names.get(whole.removeprefix(word).removeprefix("-"), "") if whole.startswith(word) else ""
        if base in TEXT_COLUMNS:
            return base, Language(code)
    return None
