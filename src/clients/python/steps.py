"""How the scenario counts its steps, expects refusals and reads streams."""

import json

from tandem_client import ApiException, Problem

_steps = []


def step(name):
    """Marks a function as the next step of the scenario."""

    def add(work):
        _steps.append((name, work))
        return work

    return add


def work_through():
    """Works through all steps and prints each. An error ends the program, and with it the scenario."""
    for number, (name, work) in enumerate(_steps, 1):
        try:
            work()
        except Exception:
            print(f"not ok {number} {name}", flush=True)
            raise
        print(f"ok {number} {name}", flush=True)


def unsuccessful(status, call):
    """The error that the client raises for a call, with its status checked."""
    try:
        call()
    except ApiException as error:
        assert error.status == status, f"{error.status}: {error.body}"
        return error
    raise AssertionError(f"The call succeeded, and {status} was expected.")


def refused(status, call):
    """The refusal of a call, with its status checked."""
    return Problem.from_json(unsuccessful(status, call).body)


def lines(answer):
    """The objects of an answer of lines, each of which ends with a line feed."""
    *whole, rest = bytes(answer).split(b"\n")
    assert rest == b"", "the last line has no end"
    return [json.loads(line) for line in whole]
