"""catnlp sales and catnlp timeline, as a user calls them."""

import json
from pathlib import Path

from click.testing import CliRunner

from catnlp.cli import cli

REGISTER = Path(__file__).parents[1] / "cases" / "sales" / "sipri.csv"


def test_sales_import_keeps_good_rows_and_names_bad_ones(tmp_path: Path) -> None:
    store = str(tmp_path / "s.db")
    done = CliRunner().invoke(cli, ["sales", "import", store, str(REGISTER)])
    assert done.exit_code == 1
    assert f"{REGISTER}:11: kept without it: quantity 'some'" in done.output
    assert f"{REGISTER}:9: left out: supplier 'Ruritania'" in done.output
    assert "4 sales kept, 6 rows left out (SIPRI trade register)" in done.output
    listed = CliRunner().invoke(cli, ["sales", "list", store, "--json"]).output
    assert CliRunner().invoke(cli, ["sales", "import", store, str(REGISTER)]).exit_code == 1
    assert CliRunner().invoke(cli, ["sales", "list", store, "--json"]).output == listed
    sales = [json.loads(line) for line in listed.splitlines()]
    assert [sale["recipient"] for sale in sales] == ["KEN", "NGA", "SAU", "TGO"]
    assert sales[0]["sources"][0]["kind"] == "register"


def test_timeline_writes_page_and_json(tmp_path: Path) -> None:
    store, page = str(tmp_path / "s.db"), tmp_path / "nga.html"
    CliRunner().invoke(cli, ["sales", "import", store, str(REGISTER)])
    done = CliRunner().invoke(cli, ["timeline", store, "nga", "-o", str(page)])
    assert done.exit_code == 0, done.output
    assert "AH-1Z" in page.read_text(encoding="utf-8")
    read = json.loads(CliRunner().invoke(cli, ["timeline", store, "NGA", "--json"]).output)
    assert [sale["date"] for sale in read["sales"]] == ["2022"]


def test_timeline_of_no_country(tmp_path: Path) -> None:
    store = str(tmp_path / "s.db")
    CliRunner().invoke(cli, ["sales", "import", store, str(REGISTER)])
    done = CliRunner().invoke(cli, ["timeline", store, "XYZ"])
    assert done.exit_code != 0
