"""A floor on loopback for the scripts beside this file: the built daemon, a SIPp carrier that logs every message, SIPp phones
for the agents. Everything runs in one folder, is bounded in time and ends with the script."""

import atexit
import csv
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOME = pathlib.Path(os.environ.get("PACELINE_HOME", ROOT / "daemon/target/paceline")).resolve()
SCENARIOS = ROOT / "scripts/sipp"
SUPERVISOR = "the-boss-of-a-test-floor"
media_ports = iter(range(30000, 60000, 3000))


def fail(message):
    print(f"FAILED: {message}", file=sys.stderr)
    sys.exit(1)


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Floor:
    def __init__(self, folder, agents, calls_per_second, probe="calls", node="floor", database="{file: ../data/floor}",
                 carrier_port=None, campaigns=("spring",), home=HOME, seconds=1500):
        if shutil.which("sipp") is None:
            fail("sipp is not installed: apt-get install sip-tester")
        self.home = home
        self.seconds = seconds  # the longest that the carrier and the phones live
        if not (home / "bin/paceline").exists():
            fail(f"{home} has no bin/paceline: the daemon is built by mvn -q -DskipTests package")
        self.folder = pathlib.Path(folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.agents = [f"{node}-agent{n}" for n in range(1, agents + 1)]
        self.api_port = free_port(socket.SOCK_STREAM)
        self.carrier_port = carrier_port or free_port(socket.SOCK_DGRAM)
        self.phones_port, self.sip_port = (free_port(socket.SOCK_DGRAM) for _ in range(2))
        first_media_port = next(media_ports)
        self.children = []
        self.daemon = None
        atexit.register(self.stop_all)
        self.write("conf/paceline.yaml", f"""
node: {{name: {node}, zone: UTC, currency: EUR, drain-limit: 10s}}
database: {database}
sip: {{host: 127.0.0.1, port: {self.sip_port}}}
trunks:
  - {{name: carrier, host: 127.0.0.1, port: {self.carrier_port}, channels: 400,
     calls-per-second: {calls_per_second}, probe: {probe}, probe-interval: 1s,
     tariff: [{{prefix: "+", per-minute: 0.01, connection: 0.001}}]}}
media: {{first-port: {first_media_port}, last-port: {first_media_port + 2767}, recordings: ../recordings, silence-timeout: 0s}}
api:
  host: 127.0.0.1
  port: {self.api_port}
  supervisors: [{{name: boss, token: {SUPERVISOR}}}]
agents:
""" + "".join(f"  - {{name: {a}, address: \"sip:{a}@127.0.0.1:{self.phones_port}\", campaigns: [{', '.join(campaigns)}], token: a-token-for-tests-of-{a}}}\n"
              for a in self.agents))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"))
        return path

    def policy(self, number_day):
        """A policy that allows any hour and so many attempts a day."""
        self.write("conf/policies/any-hour.yaml", f"""
id: any-hour
title: Any hour, for tests on loopback
citation: made for tests
checked: 2026-11-22
hours:
  citation: made for tests
  days:
    mon-sun: [00:00-24:00]
caps:
  citation: made for tests
  number-day: {number_day}
""")

    def campaign(self, text, name="spring"):
        """Replaces the campaign's file in one step."""
        part = self.write(f"conf/campaigns/{name}.yaml.part", text)
        part.rename(self.folder / f"conf/campaigns/{name}.yaml")

    def leads(self, count):
        rows = "".join(f"+1{305 + n // 10000}555{n % 10000:04d},Lead {n}\n" for n in range(count))
        return self.write("leads.csv", "phone,name\n" + rows)

    # ---- processes

    def sipp(self, name, *arguments):
        log = open(self.folder / f"{name}.out", "w")
        child = subprocess.Popen(["sipp", "-nostdin", "-i", "127.0.0.1", *map(str, arguments)], cwd=self.folder, stdout=log,
                                 stderr=subprocess.STDOUT)
        self.children.append(child)
        return child

    def start_carrier(self, *scenario):
        self.sipp("carrier", *scenario, "-p", self.carrier_port, "-timeout", f"{self.seconds}s", "-trace_shortmsg",
                  "-shortmessage_file", self.folder / "carrier.csv", "-shortmessage_overwrite", "true")

    def start_phones(self):
        (self.folder / "room.ulaw").write_bytes(b"\xff" * 8000)
        self.phones = self.sipp("phones", "-sf", SCENARIOS / "phone.xml", "-p", self.phones_port, "-timeout", f"{self.seconds}s")

    def restart_phones(self):
        """Ends the lines of a daemon that was killed: the phones would play their room into them for ever."""
        self.phones.kill()
        self.phones.wait()
        self.children.remove(self.phones)
        self.start_phones()

    def command(self, *arguments, check=True):
        done = subprocess.run([self.home / "bin/paceline", *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)
        if check and done.returncode != 0:
            fail(f"paceline {' '.join(map(str, arguments))} exited with {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def launch_daemon(self):
        log = open(self.folder / "daemon.log", "a")
        self.daemon = subprocess.Popen([self.home / "bin/paceline", "run", "--config", "conf/paceline.yaml"], cwd=self.folder,
                                       stdout=log, stderr=subprocess.STDOUT)

    def start_daemon(self, slow=None):
        """Gives the seconds until it answers. While a command has the database, it starts again, as a service manager would.
        A start that takes longer than `slow` seconds leaves its threads' stacks in the log."""
        deadline = time.time() + 120
        while True:
            self.launch_daemon()
            begin = time.time()
            dumped = slow is None
            while self.daemon.poll() is None:
                try:
                    self.get("/health/live")
                    return time.time() - begin
                except OSError:
                    time.sleep(0.05)
                if not dumped and time.time() - begin > slow:
                    self.daemon.send_signal(signal.SIGQUIT)
                    dumped = True
                if time.time() > deadline:
                    fail(f"the daemon was not up within 120 s; see {self.folder}/daemon.log")
            if "is in use by another process" not in self.end_of_log() or time.time() > deadline:
                fail(f"the daemon ended with {self.daemon.returncode}; see {self.folder}/daemon.log: {self.end_of_log()}")
            time.sleep(0.2)

    def end_of_log(self):
        lines = (self.folder / "daemon.log").read_text(errors="replace").splitlines()
        return lines[-1] if lines else ""

    def kill_daemon(self):
        """As the machine's end would: no warning. The launcher execs the JVM, so its process is the one."""
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()

    def stop_daemon(self):
        self.daemon.terminate()
        return self.daemon.wait(timeout=60)

    def stop_all(self):
        for child in [*self.children, self.daemon]:
            if child is not None and child.poll() is None:
                child.kill()
                child.wait()

    # ---- the API

    def call(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.api_port}{path}", method=method,
                                         data=json.dumps(body or {}).encode() if method == "POST" else None,
                                         headers={"Authorization": f"Bearer {SUPERVISOR}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def get(self, path):
        return self.call("GET", path)

    def campaign_state(self, name="spring"):
        return json.loads(self.get(f"/api/campaigns/{name}"))

    def sign_in_agents(self, agents=None):
        for agent in agents or self.agents:
            for command in ("sign-in", "ready"):
                self.call_until_taken("POST", f"/api/agents/{agent}/{command}")

    def call_until_taken(self, method, path):
        """A daemon that is busy answers 503: asks again for a minute."""
        deadline = time.time() + 60
        while True:
            try:
                return self.call(method, path)
            except urllib.error.HTTPError as refused:
                if refused.code != 503 or time.time() > deadline:
                    raise
                time.sleep(0.5)

    def metric(self, start):
        """The lines of /metrics that start so."""
        return [line for line in self.get("/metrics").splitlines() if line.startswith(start)]

    def list_is_done(self, name="spring"):
        state = self.campaign_state(name)
        reason = state.get("idleReason") or ""
        live = sum(state["lines"].values())
        return live == 0 and ("no lead is due" in reason or "no lead left" in reason)

    # ---- evidence

    def carrier_log(self):
        """What the carrier saw: rows of (epoch seconds, 'R' or 'S', call id, start line)."""
        with open(self.folder / "carrier.csv") as file:
            rows = [row for row in csv.reader(file, delimiter="\t") if len(row) >= 7]
        return [(float(row[2]), row[3], row[4], row[6]) for row in rows]

    def database_bytes(self):
        """Bytes of the embedded database's file and of its redo log, without the copies."""
        data = self.folder / "data"
        return sum(file.stat().st_size for pattern in ("*.mv.db", "*.redo/*.redo") for file in data.glob(pattern))

    def query(self, sql):
        """Rows of the daemon's database as dicts; the daemon must not run."""
        out = self.folder / "query.csv"
        url = f"jdbc:h2:{self.folder}/data/floor;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;ACCESS_MODE_DATA=r"
        done = subprocess.run(["java", "-cp", f"{self.home}/lib/*", "org.h2.tools.Shell", "-url", url, "-user", "paceline", "-password", "",
                               "-sql", f"CALL CSVWRITE('{out}', '{sql.replace(chr(39), chr(39) * 2)}')"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"query failed: {done.stderr or done.stdout}")
        with open(out) as file:
            return list(csv.DictReader(file))
