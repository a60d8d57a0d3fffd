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
        ("(재)한국연구원", "(재)한***원"),
        ("재단법인 한국연구원", "재단법인 한***원"),
        ("유한책임회사 한빛", "유한책임회사 한***빛"),
        ("ОАО «Вымпел»", "ОАО «***»"),
        ("Acme GmbH", "A***e GmbH"),
        ("Hanbit Tech Co., Ltd.", "H***h Co., Ltd."),
        ("한빛테크㈜", "한***크㈜"),
        ("주식회사", "주***사"),
    ],
)
def test_mask_name(name, masked):
    assert mask_name(name) == masked
