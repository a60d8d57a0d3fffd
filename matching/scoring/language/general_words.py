"""Words that two texts have in common without having anything in common: told to nobody as a shared term."""

KOREAN = frozenset(
    """
    기술 원천기술 방법 방식 개발 연구 연구개발 시험 사용 이용 활용 적용 제공 제품 상품 생산 제조 제작 공급 구매 판매
    수출 수입 사업 기업 소기업 중소기업 중견기업 대기업 회사 업체 당사 저희 우리 귀사 직원 인력 담당자 전문가 고객
    시장 공장 현장 국내 해외 국내외 세계 문제 문제점 해결 해결책 개선 향상 증가 감소 절감 효율 효과 성능 품질 기능
    특성 특징 장점 단점 우수 가능 필요 요구 요구사항 목표 목적 결과 성과 원인 이유 조건 상태 상황 경우 과정 단계
    수준 정도 범위 기준 대상 분야 부분 종류 형태 구조 구성 내용 정보 자료 시스템 장치 장비 설비 기기 도구 수단
    솔루션 서비스 플랫폼 프로그램 프로젝트 과제 계획 관리 운영 작업 업무 활동 처리 공정 설계 제어 시간 기간 개월
    년간 연간 월간 일간 주일 시간당 분간 초간 하루 매년 매월 최근 현재 기존 이후 이전 이상 이하 이내 미만 초과 전체
    일부 각각 모두 다른 여러 다양 새로운 신규 최대 최소 평균 약간 대량 소량 대규모 소규모 크기 길이 높이 무게 두께
    수량 개수 비율 비용 가격 원가 금액 예산 투자 만원 억원 퍼센트 자동 수동 일반 기본 주요 중요 핵심 관련 기반 통합
    협력 공동 지원 도입 이전 보유 확보 검토 진행 제거 준비 시작 완료 발생 존재 포함 제외 변화 변경 선택 결정 판단 확인
    검사 비교 분류 설명 작성 표시 참여 참가 교육 사람 사용자 이용자 혁신 경쟁력 상용화 사업화 산업화 산업 공업
    실용화 표준 규격 법률 특허 논문 보고서 최적 고품질 고성능 저비용 저가 맞춤형 친환경적 편의성 신뢰성 안정성 용이
    간편 편리 신속 정확 안전 지속가능 지속가능성
    """.split()
)
RUSSIAN = frozenset(
    """
    метр технология метод методика способ система устройство оборудование средство разработка исследование работа статья
    задача проблема решение результат цель процесс производство изготовление применение использование продукт
    продукция изделие предприятие компания фирма организация рынок клиент отрасль промышленность промышленный
    инновация инновационный опыт эффективность эффективный качество свойство характеристика параметр показатель
    условие состояние уровень степень вид тип форма структура состав содержание часть элемент объект предмет область
    сфера случай время период год месяц день час количество число размер величина длина высота вес стоимость цена
    затраты новый современный основной различный большой малый высокий низкий возможность необходимость особенность
    анализ оценка выбор подход модель программа проект план управление контроль обеспечение повышение снижение
    улучшение увеличение уменьшение создание получение проведение рассмотрение описание предложение автоматический
    общий данный человек специалист эксперт пользователь безопасность надежность надёжность скорость точность
    """.split()
)
ENGLISH = frozenset(
    """
    technology technique method methodology approach system device equipment tool solution service platform meter
    product production manufacturing manufacture industry industrial company enterprise business market customer client
    partner development research project program programme process processing application use usage user innovation
    innovative result goal problem task issue need requirement quality performance efficiency efficient effective
    cost price time period year month day hour number amount size length height weight level degree type kind form
    structure property characteristic feature parameter condition state part element component field area case
    analysis evaluation assessment choice model design control management operation work activity improvement
    increase decrease reduction new modern high low large small different various important main general common
    possible available best better good easy simple fast automatic information data people human expert team safety
    reliability speed accuracy precision environment sustainable sustainability competitiveness world international
    """.split()
)
# Of the list of terms, by their names.
NOTIONS = frozenset(
    (
        "innovation activity|industrialization|commercialization|marketing|marketability|design technology|"
        "manufacturing technology|competitiveness|collaboration|quality improvement|ease of use|removal|"
        "controlling|technical standard|expert|size|length|for industrial use|for educational use|infrastructure|"
        "investment|research and development|start-up|warranty|low-cost|high-performance|precision|precise|"
        "automatic|speed|safety|reliability|stability|flexible|scalability|continuous process|"
        "small and medium-sized enterprises|tailor-made|historical|danger|patent|legislation|"
        "sustainable development|deviation|performance indicator|quality standardization|quality management|"
        "electronic type|parts thereof|terminology|globalization|modeling technique|business process|"
        "process control|strategic management|scientist|classification|prototype|degradation|technology|"
        "technology transfer|method|system|process|product|production|equipment|device|hybrid|workload|monopoly|"
        "discrimination|small-batch production|material technology|material"
    ).split("|")
)
