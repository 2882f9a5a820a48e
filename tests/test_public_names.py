"""The public names: few, sorted, documented, and loaded only when they are used."""

import inspect
import subprocess
import sys

import pytest

import onrecord
from onrecord import errors

HEAVY = [
    "sqlalchemy",
    "alembic",
    "fastapi",
    "uvicorn",
    "pyarrow",
    "py3langid",
    "rich",
    "ray",
    "jinja2",
    "nupunkt",
]


def test_the_names_are_sorted_and_stand_once() -> None:
    assert list(onrecord.__all__) == sorted(set(onrecord.__all__))


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_public_name_can_be_imported_and_says_what_it_is(name: str) -> None:
    thing = getattr(onrecord, name)
    first = (inspect.getdoc(thing) or "").split("\n")[0]
    assert first.endswith((".", ":")), f"{name} has no docstring that opens with a sentence: {first!r}"
    # A dataclass without a docstring gets its signature for one: that says nothing to a reader.
    assert not first.startswith(f"{name}("), f"{name} has only the docstring that a dataclass makes up"


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_public_function_has_types_for_all_it_takes_and_gives(name: str) -> None:
    thing = getattr(onrecord, name)
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        untyped = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty]
        assert untyped == []
        assert signature.return_annotation is not inspect.Signature.empty


def test_dir_lists_the_public_names_and_the_version() -> None:
    assert set(dir(onrecord)) == {*onrecord.__all__, "__version__"}


def test_a_name_that_is_not_public_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = onrecord.no_such_name


def test_every_exception_is_one_of_ours_with_an_exit_code() -> None:
    for name in errors.__all__:
        exception = getattr(errors, name)
        assert issubclass(exception, errors.OnrecordError)
        assert exception.exit_code in {*range(1, 11), 12, 13}
        assert f"{name}" in (errors.__doc__ or ""), f"{name} is missing from the tree at the top of errors.py"


def test_importing_onrecord_loads_nothing_heavy() -> None:
    code = f"import onrecord, sys; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
