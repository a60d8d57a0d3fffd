import pytest

from accounts.names.public_names import mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("㈜동양기지", "㈜동***지"),
        ("㈜동***지", "㈜동***지"),
        ("(주)가나", "(주)가***나"),
        ("주식회사 한결", "주식회사 한***결"),
        ("한결 주식회사", "한***결 주식회사"),
        ("ООО «Хангёль»", "ООО «***»"),
        ("가", "***"),
    ],
)
def test_mask_name(name, masked):
    assert mask_name(name) == masked
