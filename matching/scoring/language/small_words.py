"""Tables of small words: what says nothing by itself in Korean, Russian and English."""

# Longest first matters: the first that fits is cut off. Only nouns are wanted, so common verb
# endings go as well as particles.
KOREAN_ENDINGS = tuple(
    sorted(
        """
        으로부터 에서부터 으로서 으로써 에서는 에서도 에게서 이라는 이라고 입니다 합니다 됩니다 습니다
        하였습니다 했습니다 되었습니다 하겠습니다 하고자 하려고 하면서 하므로 하기 하는데 되는데 하지만
        시키는 시켜 해야 해서 하여 하는 하고 하며 하면 하도록 되도록 되어 되는 되고 되며 된다 한다 이며 이고
        에서 에게 까지 부터 으로 처럼 보다 마다 조차 마저 이나 라도 이란 이라 에는 에도 로는 로도 와의 과의
        들이 들을 들은 들의 에의 로서 로써 이다 인데 이면
        은 는 이 가 을 를 의 에 와 과 도 로 만 된 될 한 할 해 인
        """.split(),
        key=len,
        reverse=True,
    )
)

KOREAN_STOP_WORDS = frozenset(
    """
    있는 있다 있습니다 없는 없다 없습니다 없이 하는 하고 합니다 해서 위해 위한 위하여 대한 대해 대하여 통해 통한
    따라 따른 의한 의해 관한 관련 같은 같이 그리고 그러나 하지만 또는 또한 매우 아주 많이 많아 많은 모두 여러 다른
    이런 그런 저희 우리 저희는 우리는 것이 것을 것은 수가 경우 때문에 때문 정도 이상 이하 기술 방법 방식 개발 필요
    필요합니다 싶습니다 찾습니다 바랍니다 합니다만 등을 등의 등이 현재 지금 다시 바로 직접 미리 가장 더욱 보다 쓰는 쓸
    """.split()
)

# One syllable that stands for nothing: bound nouns, adverbs, determiners; "수 있다" is of no 수.
KOREAN_SMALL_NOUNS = frozenset(
    "수 것 게 데 때 등 및 더 좀 잘 안 못 또 곳 쪽 점 년 월 일 개 명 번 내 외 전 후 중 그 이 저 한 두 세 네".split()
)
# How verbs and adjectives end, but no noun: 맞추지 못합니다, 닳습니다. What stands before is no word by itself.
KOREAN_PREDICATE = tuple(
    """
    습니다 습니까 십시오 었다 았다 였다 었던 았던 으며 으면 려고 려면 려는 면서 지만 거나 어야 아야 여야 으니 네요 세요
    어요 아요 못합니다 않습니다 않는 않고 않게 않아 않은 못해 못하고 못하는
    """.split()
)

RUSSIAN_STOP_WORDS = frozenset(
    """
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня
    еще о из ему теперь когда даже ну ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом
    себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под
    будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее были куда
    зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти нас про всего них какая
    много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда
    также которые который которая которых которого является являются используется использования использование
    метод методы способ данный данной данные работа статья рассмотрены показано предложен предложена разработка
    разработан разработана технология технологии система системы новый новая новые
    """.split()
)

ENGLISH_STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could do does for from had has have he her his how i if in into is it its
    may more most no not of on or other our out over she should so some such than that the their them then there
    these they this those through to too under up us use used uses using very was we were what when where which
    while who will with within without would you your also allow allows based between both each high new one two
    technology technologies method methods system systems solution solutions application applications make makes
    """.split()
)
