from kr_ru_platform.running import lock_numbers


def test_no_two_purposes_share_a_number_nor_stand_among_the_lanes():
    numbers = {name: number for name, number in vars(lock_numbers).items() if name.isupper()}
    first = numbers.pop("SCORING_LANES")
    lanes = {first + lane for lane in range(100)}
    assert len(set(numbers.values())) == len(numbers)
    assert lanes & set(numbers.values()) == set()
