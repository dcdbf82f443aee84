"""Deploys `template.yaml` with the functions' real binaries to ministack, which plays AWS, and drives what stands there
from outside, as Meta, a customer, an agent and an operator would. Needs `deploy-requirements.txt`; `run` makes the
environment for it.

What ministack is given is the template, save for this:
- `Watch` stays out, with the two outputs that come of it: neither saved queries nor alarms over several metrics are
  played. A linter reads it, and tests/template.
- `sam deploy` packs and puts up; here it is done by hand, in a bucket of ministack's.
- The functions are for this machine's processor, from the build for tests.

Neither does it play message move tasks: dead letters are put back one by one.
"""

import base64
import contextlib
import io
import json
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import boto3
from botocore.config import Config
from samtranslator.yaml_helper import yaml_parse

import accounts
import invoke
from contract import environment, free_port, playing
from drive import CHALLENGE, FIRST, NAME, PHONE, REPLY, USER, Agent, Meta, message, text
from stack import ROOT, SERVE, Checks, Process, call, until

STACK = "leadwire-ci"
REGION = "eu-west-1"
BUCKET = "leadwire-ci-code"
FUNCTIONS = ("webhook", "inbound", "relay", "outbound", "api", "changes", "schedule")
OWNER = "owner@example.com"
MAIL_FROM, CONSOLE = "crm@example.com", "https://crm.example.com"

# Nobody's account. The functions get theirs from ministack.
ACCOUNT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION}

# ministack looks at its streams, queues and schedules every now and then.
SOON = 60


def ministack(port):
    """Its command line, and its environment: functions are processes of this machine, and reach nobody else."""
    return ["ministack"], {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LAMBDA_EXECUTOR": "local"}


class Cloud:
    """An account at ministack."""

    def __init__(self, url):
        self.url = url
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": REGION}
        # Nothing is tried again here: what is waited for is asked again by `until`.
        config = Config(proxies={}, retries={"total_max_attempts": 1}, read_timeout=120)
        for name in "cloudformation", "lambda", "s3", "secretsmanager", "ses", "sqs":
            client = boto3.client(name, endpoint_url=url, config=config, **keys)
            setattr(self, name.replace("lambda", "functions"), client)

    def deploy(self, **parameters):
        """Verifies the address of the mails, packs the functions and deploys the template; its outputs by name."""
        self.ses.verify_email_identity(EmailAddress=MAIL_FROM)
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        for name in FUNCTIONS:
            self.s3.put_object(Bucket=BUCKET, Key=f"{name}.zip", Body=packed(name))
        self.s3.put_object(Bucket=BUCKET, Key="template.json", Body=template())
        self.cloudformation.create_stack(
            StackName=STACK,
            TemplateURL=f"{self.url}/{BUCKET}/template.json",
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        stack = until(self.stack, lambda stack: not stack["StackStatus"].endswith("IN_PROGRESS"), 120)
        return stack["StackStatus"], {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", ())}

    def stack(self):
        return self.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]

    def secret(self, id, **values):
        """Puts another value into the secret, as RUNBOOK.md tells."""
        self.secretsmanager.put_secret_value(SecretId=id, SecretString=json.dumps(values))

    def environment(self, name, **variables):
        """Has a function start anew with other variables; those that it had."""
        function = f"{STACK}-{name}"
        had = self.functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        self.functions.update_function_configuration(
            FunctionName=function, Environment={"Variables": had | variables}
        )
        return had

    def mapping(self, name, enabled):
        """Holds what invokes a function, or lets it go on."""
        listed = self.functions.list_event_source_mappings(FunctionName=f"{STACK}-{name}")
        for one in listed["EventSourceMappings"]:
            self.functions.update_event_source_mapping(UUID=one["UUID"], Enabled=enabled)

    def queue(self, name):
        return self.sqs.get_queue_url(QueueName=f"{STACK}-{name}")["QueueUrl"]

    def attribute(self, name, attribute):
        asked = self.sqs.get_queue_attributes(QueueUrl=self.queue(name), AttributeNames=[attribute])
        return asked["Attributes"][attribute]

    def put_back(self, dead, source):
        """Does what the message move task of RUNBOOK.md does, which is not played; how many there were."""
        received = self.sqs.receive_message(
            QueueUrl=self.queue(dead), MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        )
        for one in received.get("Messages", ()):
            self.sqs.send_message(
                QueueUrl=self.queue(source),
                MessageBody=one["Body"],
                MessageGroupId=one["Attributes"]["MessageGroupId"],
                MessageDeduplicationId=secrets.token_hex(16),
            )
            self.sqs.delete_message(QueueUrl=self.queue(dead), ReceiptHandle=one["ReceiptHandle"])
        return len(received.get("Messages", ()))

    def mailed(self, to):
        """The texts of the mails to an address, the newest first."""
        accounts = call("GET", f"{self.url}/_ministack/ses/messages")[1]["messages"].values()
        mails = [mail for mails in accounts for mail in mails if mail["To"] == [to] and MAIL_FROM in mail["Source"]]
        return [mail["BodyText"] for mail in sorted(mails, key=lambda mail: mail["Timestamp"], reverse=True)]

    def lying(self, name):
        """How much lies in a queue."""
        return int(self.attribute(name, "ApproximateNumberOfMessages"))


def packed(name):
    """A function's binary as Lambda takes it, without what only a debugger reads."""
    with tempfile.TemporaryDirectory() as folder:
        bootstrap = pathlib.Path(folder, "bootstrap")
        subprocess.run(["strip", "-o", bootstrap, ROOT / "target/debug" / name], check=True)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
            zipped.write(bootstrap, "bootstrap")
        return archive.getvalue()


def template():
    """The template as ministack is given it."""
    page = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    for part, names in ("Resources", ["Watch"]), ("Outputs", ["AlarmTopic", "Dashboard"]):
        for name in names:
            del page[part][name]
    page["Globals"]["Function"]["Architectures"] = ["x86_64"]
    for resource in page["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            binary = resource["Metadata"]["BuildProperties"]["Binary"]
            resource["Properties"]["CodeUri"] = {"Bucket": BUCKET, "Key": f"{binary}.zip"}
    return json.dumps(page)


def operator(cloud):
    """The environment of who runs a command against the account."""
    return environment(cloud.url) | ACCOUNT


def connected(checks, cloud, outputs):
    """Fills the secret and connects the number, as the README tells; how to use what stands there."""
    values = {
        "verifyToken": SERVE["verifyToken"],
        "appSecrets": [SERVE["appSecret"]],
        "accessToken": SERVE["accessToken"],
        "sealKey": secrets.token_hex(32),
        "signingSeed": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    cloud.secret(outputs["SecretId"], **values)
    command = ["cargo", "run", "--quiet", "--bin", "connect", "--", "--table", outputs["TableName"], "--owner", OWNER]
    answers = []
    # The second is the number of the files in events/.
    for number, account in (SERVE["phoneNumberId"], SERVE["wabaId"]), ("106540352242922", "102290129340398"):
        named = ["--phone-id", number, "--business-id", account, "--display", "+1 555 078 3881"]
        done = subprocess.run(command + named, cwd=ROOT, env=operator(cloud), capture_output=True, text=True)
        checks.equal("a number is connected", (done.returncode, done.stderr), (0, ""))
        answers.append(done.stdout)
    password = re.search(r"signs in with (\w+)", answers[0])
    checks.check("its owner gets a password", password, answers[0])
    checks.check("and keeps it when another is connected", "signs in as before" in answers[1], answers[1])
    url = f"{cloud.url}/_aws/execute-api/{outputs['Url'].split('/')[2].split('.')[0]}/$default"
    ready = {"url": url, "webhookUrl": f"{url}/api/webhook/whatsapp", "ownerEmail": OWNER}
    return SERVE | ready | {"ownerPassword": password[1]}, values


def audited(cloud, outputs):
    """Whether nobody has changed what was written down, and what the command says of it."""
    command = ["cargo", "run", "--quiet", "--bin", "platform", "--", "--table", outputs["TableName"], "audit"]
    done = subprocess.run(command, cwd=ROOT, env=operator(cloud), capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


class Simulator(Process):
    """Meta, on its own."""

    def __init__(self, port, webhook):
        quick = "sent-ms=0", "delivered-ms=100", "read-ms=100"
        super().__init__("--example", "serve", "--", str(port), webhook, "/", *quick)
        self.url = f"http://127.0.0.1:{port}"

    def is_up(self):
        with contextlib.suppress(OSError):
            return call("GET", f"{self.url}/_sim/config")[0] == 200

    def post(self, path, body=None):
        return call("POST", f"{self.url}/_sim/{path}", body or {})

    def sends(self):
        return call("GET", f"{self.url}/_sim/sends")[1]["items"]


def answered(checks, ready, simulator, meta):
    """A customer writes, an agent answers, the customer reads it; the agent and the lead."""
    checks.equal("Meta's handshake", meta.handshake(SERVE["verifyToken"], CHALLENGE), (200, CHALLENGE))
    checks.equal("with a wrong token", meta.handshake("wrong", CHALLENGE)[0], 403)
    checks.equal("a delivery with a wrong signature", meta.post(meta.body(text(FIRST)), "another secret"), 401)
    checks.equal("nobody sees leads without signing in", call("GET", f"{ready['url']}/api/leads")[0], 401)
    agent = Agent(ready)
    checks.equal("the owner signs in", agent.signed_in, 200)

    simulator.post("people", {"name": NAME, "waId": PHONE, "userId": USER})
    status, wrote = simulator.post("messages", {"from": PHONE, "type": "text", "text": FIRST})
    checks.equal("a customer writes", status, 200)
    leads = until(agent.leads, seconds=SOON)
    checks.equal("one lead comes of it", [(one["name"], one["phone"]) for one in leads], [(NAME, f"+{PHONE}")])
    lead = leads[0]["id"]
    there = [(one["wamid"], one["text"]) for one in agent.lead(lead)["messages"]]
    checks.equal("with the message as it was written", there, [(wrote["wamid"], FIRST)])

    status, reply = agent.reply(lead, REPLY, "deploy-1")
    checks.check("an agent answers", status in (200, 202) and reply["success"], (status, reply))
    checks.equal("and once more under the same key", agent.reply(lead, REPLY, "deploy-1")[1]["id"], reply["id"])
    shown = until(lambda: message(agent.lead(lead), reply["id"]), lambda one: one.get("status") == "read", SOON)
    checks.equal("the customer has read it", shown["status"], "read")
    times = {name for name, at in shown["statuses"].items() if at}
    checks.equal("WhatsApp told of each step", times, {"sent", "delivered", "read"})
    sent = [(one["wamid"], one["body"]["text"]["body"]) for one in simulator.sends()]
    checks.equal("and Meta was asked exactly once", sent, [(shown["wamid"], REPLY)])
    return agent, lead


def edited(meta, said, better):
    """An edit comes before the message that it edits; what the two were answered."""
    first = meta.body(text(said))
    id = json.loads(first)["entry"][0]["changes"][0]["value"]["messages"][0]["id"]
    edit = {"original_message_id": id, "message": text(better)}
    return [meta.post(meta.body({"type": "edit", "edit": edit})), meta.post(first)]


def said(agent, lead):
    """What was said to and by a lead, all pages of it."""
    path, cursor, texts = f"/api/conversations/{agent.lead(lead)['conversations'][0]}/messages?limit=100", "", []
    while cursor is not None:
        page = agent.get(f"{path}&cursor={cursor}" if cursor else path)
        texts += [one["text"] for one in page["items"]]
        cursor = page["nextCursor"]
    return texts


def says(agent, lead, words):
    return words in said(agent, lead)


def redriven(checks, cloud, meta, agent, lead):
    """inbound fails until an event lies among the dead letters; mended, it is put back as RUNBOOK.md tells."""
    queue, patience = cloud.queue("inbound.fifo"), cloud.attribute("inbound.fifo", "RedrivePolicy")
    hasty = json.dumps(json.loads(patience) | {"maxReceiveCount": 1})
    cloud.sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": hasty})
    had = cloud.environment("inbound", TABLE_NAME="nothing-of-that-name")
    checks.equal("a message is taken while inbound cannot work", meta.post(meta.body(text("Anyone?"))), 200)
    dead = until(lambda: cloud.lying("inbound-dead.fifo"), seconds=2 * SOON)
    checks.equal("it comes to lie among the dead letters", dead, 1)
    checks.check("and is not shown", not says(agent, lead, "Anyone?"))
    cloud.environment("inbound", **had)
    cloud.sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": patience})
    checks.equal("one is put back", cloud.put_back("inbound-dead.fifo", "inbound.fifo"), 1)
    checks.check("and shown", until(lambda: says(agent, lead, "Anyone?"), seconds=SOON))
    checks.equal("and none is left", (cloud.lying("inbound-dead.fifo"), cloud.lying("inbound.fifo")), (0, 0))


class Traffic(threading.Thread):
    """A customer who goes on writing, signed under each of `secrets` in turn; what was answered, by text."""

    def __init__(self, meta, *secrets):
        super().__init__(daemon=True)
        self.meta, self.secrets, self.answers, self.over = meta, secrets, {}, threading.Event()

    def run(self):
        while not self.over.wait(0.3):
            for secret in self.secrets:
                words = f"Line {len(self.answers) + 1}"
                self.answers[words] = self.delivered(self.meta.body(text(words)), secret)

    def delivered(self, body, secret):
        """What it is answered in the end: Meta delivers again what was refused, such as by a function at which somebody
        else has signed wrongly a moment ago, so that it may not ask for another secret yet."""
        return until(lambda: self.meta.post(body, secret), lambda status: status == 200)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def rotated(checks, cloud, id, values, meta, agent, lead):
    """Another app secret comes beside the old one, and then the old one goes, while a customer goes on writing."""
    old, new = SERVE["appSecret"], secrets.token_hex(16)

    def wrote(count):
        return until(lambda: len(traffic.answers), lambda seen: seen >= count, SOON)

    with Traffic(meta, old) as traffic:
        wrote(3)
        cloud.secret(id, **values | {"appSecrets": [new, old]})
        let_in = until(lambda: meta.post(meta.body(text("Any news?")), new), lambda status: status == 200)
        checks.equal("what another secret signs is taken once it is there", let_in, 200)
        traffic.secrets = (old, new)
        wrote(18)
        traffic.secrets = (new,)
        cloud.secret(id, **values | {"appSecrets": [new]})
        # Whoever signs with neither has the secret fetched anew.
        refused = until(
            lambda: (meta.post(b"{}", "neither"), meta.post(meta.body(text("Too late")), old))[1],
            lambda status: status == 401,
            SOON,
        )
        checks.equal("what the old secret signs is refused when it is gone", refused, 401)
        wrote(len(traffic.answers) + 3)
    refused = {words: status for words, status in traffic.answers.items() if status != 200}
    checks.equal(f"none of {len(traffic.answers)} deliveries was refused for good", refused, {})

    def lines():
        return sorted(words for words in said(agent, lead) if words in traffic.answers)

    seen = until(lines, lambda seen: len(seen) >= len(traffic.answers), SOON)
    checks.equal("and each is shown, once", seen, sorted(traffic.answers))
    meta.ready["appSecret"] = new


def invoked(checks, cloud, id, values, ready, agent, lead):
    """Every file of events/, under the secrets that they were made with."""
    signing = [ready["appSecret"], invoke.APP_SECRET]
    cloud.secret(id, **values | {"appSecrets": signing, "verifyToken": invoke.VERIFY_TOKEN})
    deployment = {"stack": STACK, "region": REGION, "url": cloud.url}
    token = agent.headers["Authorization"].split()[1]
    known = {invoke.PASSWORD: ready["ownerPassword"], invoke.TOKEN: token, invoke.LEAD: lead}
    invoke.every_file(checks, deployment, known, ready["url"], operator(cloud))
    names = until(lambda: {one["name"] for one in agent.leads()}, lambda names: "Ana Souza" in names, SOON)
    checks.check("and leads come of them", "Ana Souza" in names, names)


def main():
    checks = Checks()
    with checks.part("the deployment"), playing(ministack) as url:
        port = free_port()
        cloud = Cloud(url)
        meta_at = f"http://127.0.0.1:{port}/v26.0"
        status, outputs = cloud.deploy(GraphUrl=meta_at, MailFrom=MAIL_FROM, ConsoleUrl=CONSOLE)
        checks.equal("the template is deployed", status, "CREATE_COMPLETE")
        ready, values = connected(checks, cloud, outputs)
        meta = Meta(ready)
        with Simulator(port, ready["webhookUrl"]) as simulator:
            assert until(simulator.is_up, seconds=60), "the simulator does not answer"
            checks.equal("the simulator's handshake", simulator.post("handshake"), (200, {"verified": True}))
            agent, lead = answered(checks, ready, simulator, meta)
            accounts.driven(checks, ready["url"], lead, lambda to: until(lambda: cloud.mailed(to), seconds=SOON))
            checks.check("the audit's chains hold", *audited(cloud, outputs))
            redriven(checks, cloud, meta, agent, lead)
            # Without changes, it is for schedule to bring an edit and its message together.
            cloud.mapping("changes", False)
            checks.equal("an edit before its message", edited(meta, "Tomorow?", "Tomorrow?"), [200, 200])
            rotated(checks, cloud, outputs["SecretId"], values, meta, agent, lead)
            invoked(checks, cloud, outputs["SecretId"], values, ready, agent, lead)
            found = until(lambda: says(agent, lead, "Tomorrow?"), seconds=4 * SOON)
            checks.check("the schedule brings edit and message together", found)
            cloud.mapping("changes", True)
            checks.equal("another edit before its message", edited(meta, "At tne?", "At ten?"), [200, 200])
            checks.check("and changes does", until(lambda: says(agent, lead, "At ten?"), seconds=SOON))
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())
