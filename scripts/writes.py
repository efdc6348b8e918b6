"""Writes into a floor's daemon while it is killed again and again, and keeps what it was told: opt-outs, dispositions, callbacks,
pauses, shifts, imports of leads and of do-not-call lists by commands that join the daemon, and reloads of the campaign's file. Each
kind has a thread; what is answered with success must be there at the end."""

import datetime
import http.client
import json
import random
import subprocess
import threading
import time
import urllib.error

REST = "autumn"  # a campaign without agents, whose leads get callbacks, and which is paused and resumed
ROWS = 40
REST_LEADS = 5000
HOLDS_AFTER = 1.0  # seconds from the answer to an opt-out, after which its number must not be dialled

PASSING = {409, 429, 503}


def number(area, n):
    return f"+1{area + n // 10000}555{n % 10000:04d}"


class Writes:
    def __init__(self, floor, seed, leads, shifts, campaign_texts):
        self.floor = floor
        self.seed = seed
        self.leads = leads
        self.shifts = shifts
        self.campaign_texts = campaign_texts
        self.opt_outs = {}  # number: epoch seconds of the answer
        self.dispositions = {}  # call: (text, epoch seconds of the answer), or None while nobody knows
        self.callbacks = {}  # id: note
        self.imported = []  # numbers
        self.listed = []
        self.next_lead = 0
        self.paused = None  # what was answered last; None: nobody knows
        self.pauses = 0
        self.shifts_done = 0
        self.reloads = 0
        self.broken_off = 0
        self.faults = []
        self.command = None
        self.command_lock = threading.Lock()
        self.up = threading.Event()
        self.ended = threading.Event()
        self.threads = []

    def start(self):
        """Before the first start of the daemon."""
        rest = self.floor.write("rest.csv", "phone,name\n" + "".join(f"{number(408, n)},Rest {n}\n" for n in range(REST_LEADS)))
        self.floor.command("leads", "import", "--config", "conf/paceline.yaml", "--campaign", REST, rest)
        for name, pause in (("opt_out", 0.5), ("disposition", 0.3), ("callback", 0.5), ("pause_or_resume", 0.5), ("shift", 0.5),
                            ("bring_in", 2.0), ("reload", 1.5)):
            step = getattr(self, name)
            thread = threading.Thread(target=self.repeat, args=(step, pause, random.Random(f"{self.seed} {name}")), daemon=True)
            self.threads.append(thread)
            thread.start()

    def repeat(self, step, pause, lots):
        while not self.ended.is_set():
            self.up.wait(1)
            if self.up.is_set():
                try:
                    step(lots)
                except urllib.error.HTTPError as refused:
                    if refused.code not in PASSING:
                        self.faults.append(f"{step.__name__}: {refused.code} {refused.read().decode(errors='replace')}")
                except (OSError, http.client.HTTPException):
                    self.broken_off += 1  # the daemon died; nobody knows whether it was done
            self.ended.wait(lots.uniform(0, 2 * pause))

    def stop(self):
        self.ended.set()
        self.up.set()
        for thread in self.threads:
            thread.join(60)
        self.kill_command()

    # ---- what is written

    def opt_out(self, lots):
        chosen = number(305, lots.randrange(self.leads)) if lots.random() < 0.2 else number(407, lots.randrange(10_000))
        self.floor.call("POST", "/api/do-not-call", {"number": chosen, "reason": "kill-test"})
        self.opt_outs.setdefault(chosen, time.time())

    def disposition(self, lots):
        for agent in json.loads(self.floor.get("/api/agents")):
            call = agent["lastCall"]
            if call and call not in self.dispositions and lots.random() < 0.2:
                text = f"word {lots.randrange(1_000_000)}"
                self.dispositions[call] = None  # one word a call: nobody has to guess which was the last
                self.floor.call("POST", f"/api/agents/{agent['id']}/disposition", {"call": call, "disposition": text})
                self.dispositions[call] = (text, time.time())

    def callback(self, lots):
        lead = self.next_lead
        if lead < REST_LEADS:
            self.next_lead += 1  # a second promise would take the place of the first one
            due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=300)
            note = f"note {lots.randrange(1_000_000)}"
            made = json.loads(self.floor.call("POST", "/api/callbacks", {
                "number": number(408, lead), "campaign": REST, "due": due.isoformat(timespec="seconds"), "note": note}))
            self.callbacks[made["id"]] = note

    def pause_or_resume(self, lots):
        """What was answered last must hold, whatever died since; what was not answered is asked for."""
        found = self.floor.campaign_state(REST)["paused"] is not None
        if self.paused is not None and found != self.paused:
            self.faults.append(f"campaign {REST} is {'' if found else 'not '}paused, against what was answered")
        self.paused = None
        self.floor.call("POST", f"/api/campaigns/{REST}/{'resume' if found else 'pause'}", {"reason": "kill-test"})
        self.paused = not found
        self.pauses += 1

    def shift(self, lots):
        agent = lots.choice(self.shifts)
        signed_out = json.loads(self.floor.get(f"/api/agents/{agent}"))["state"] == "SIGNED_OUT"
        self.floor.call("POST", f"/api/agents/{agent}/{'sign-in' if signed_out else 'sign-out'}")
        self.shifts_done += 1

    def reload(self, lots):
        self.floor.campaign(self.campaign_texts[self.reloads % len(self.campaign_texts)])
        self.reloads += 1

    def bring_in(self, lots):
        """A list comes in whole or the same command is given again."""
        turn = len(self.imported) // ROWS + len(self.listed) // ROWS
        area, told = (409, self.imported) if turn % 2 == 0 else (510, self.listed)
        numbers = [number(area, len(told) + n) for n in range(ROWS)]
        file = self.floor.write(f"list-{turn}.csv", "phone,name\n" + "".join(f"{n},Lead\n" for n in numbers))
        words = ["leads", "import", "--campaign", "spring"] if told is self.imported else ["dnc", "import"]
        with self.command_lock:
            self.command = subprocess.Popen(
                [self.floor.home / "bin/paceline", *words, "--config", "conf/paceline.yaml", file], cwd=self.floor.folder,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said, _ = self.command.communicate()
        if self.command.returncode == 0:
            told.extend(numbers)
        elif self.command.returncode == 2:
            self.faults.append(f"paceline {' '.join(words)}: {said}")
        else:
            self.broken_off += 1
            with open(self.floor.folder / "commands.log", "a") as log:
                log.write(f"list-{turn} exited with {self.command.returncode}: {said}\n")

    def kill_command(self):
        """Kills a command that runs."""
        with self.command_lock:
            if self.command is not None and self.command.poll() is None:
                self.command.kill()

    # ---- what must be there

    def missing_while_it_runs(self):
        """Asks the daemon for what only it can show; gives a line for each thing that is not there."""
        missing = []
        for what, numbers in (("opt-out", self.opt_outs), ("do-not-call entry of a list", self.listed)):
            for one in numbers:
                if not json.loads(self.floor.get(f"/api/do-not-call/{one}")):
                    missing.append(f"{what} {one}")
        return missing

    def missing(self, kills):
        """Asks the database of a daemon that has ended; gives a line for each thing that is not there.

        kills: their moments, epoch seconds"""
        words = {row["call_id"]: row["disposition"] for row in self.floor.query("SELECT call_id, disposition FROM call_disposition")}
        notes = {row["id"]: row["note"] for row in self.floor.query("SELECT id, note FROM callback")}
        leads = {"+" + row["e164"] for row in self.floor.query("SELECT e164 FROM lead WHERE campaign = 'spring'")}
        told = {call: word for call, word in self.dispositions.items() if word}
        return ([f"disposition of call {call}, answered {self.before_kill(at, kills)}"
                 for call, (text, at) in told.items() if words.get(call) != text]
                + [f"callback {id}" for id, note in self.callbacks.items() if notes.get(id) != note]
                + [f"imported lead {one}" for one in self.imported if one not in leads])

    @staticmethod
    def before_kill(at, kills):
        kill = next((kill for kill in kills if kill >= at), None)
        return "after the last kill" if kill is None else f"{1000 * (kill - at):.0f} ms before a kill"

    def dialled_after_opt_out(self, calls):
        """Numbers that were dialled although an opt-out had been answered."""
        return [one for one, begin, _ in calls
                if f"+{one}" in self.opt_outs and begin > self.opt_outs[f"+{one}"] + HOLDS_AFTER]

    def figures(self):
        words = sum(1 for word in self.dispositions.values() if word)
        return (f"opt-outs={len(self.opt_outs)} dispositions={words} callbacks={len(self.callbacks)} pauses={self.pauses} "
                f"shifts={self.shifts_done} imported-leads={len(self.imported)} listed-numbers={len(self.listed)} "
                f"reloads={self.reloads} broken-off={self.broken_off}")
