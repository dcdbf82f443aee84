"""Deploys `template.yaml` with the functions' real binaries to ministack, an emulator of AWS, and drives the deployment
from outside, as Meta, a customer, an agent and an operator would. Needs `deploy-requirements.txt`; `run` makes the
environment for it.

ministack gets the template with these changes:
- It is without `Watch` and the two outputs of it: ministack emulates neither saved queries nor alarms over several
  metrics. A linter and tests/template read that page.
- Frames go to the path at which ministack serves a WebSocket API.
- A bucket of ministack's takes the place of what `sam deploy` packs and uploads.
- The functions are built for this machine's processor, with the profile for tests.
- SES's configuration set is made before: ministack's CloudFormation does not know it.

It is deployed as dev, deleted, and deployed again. As prod it is deployed in vain, and then once more.

ministack has no message move tasks either: dead letters are put back one by one.
"""

import base64
import contextlib
import io
import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import zipfile

import boto3
from botocore.config import Config
from samtranslator.yaml_helper import yaml_parse

import accounts
import drive
import invoke
from browser import Browser
from drive import FIRST, NAME, PHONE, REPLY, USER, Meta, message, text
from stack import BIN, ROOT, SERVE, Checks, Serve, answers, call, cargo, free_port, until

STACK = "leadwire-ci"
REGION = "eu-west-1"
BUCKET = "leadwire-ci-code"
FUNCTIONS = ("webhook", "inbound", "relay", "outbound", "api", "changes", "jobs", "realtime", "schedule")
OWNER = "owner@example.com"
MAIL_FROM, CONSOLE = "crm@example.com", "https://crm.example.com"

# Test credentials of this program. The functions get theirs from ministack.
ACCOUNT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION}

# How many seconds ministack may take until it looks at its streams, queues and schedules again.
SOON = 60


def environment(url):
    """The environment of this process, with ministack in the place of AWS, and without credentials."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return env | {"AWS_ENDPOINT_URL": url, "NO_PROXY": "127.0.0.1"}


@contextlib.contextmanager
def ministack():
    """ministack on a free port, in a temporary folder; its URL. The functions are processes of this machine."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "LAMBDA_EXECUTOR": "local"}
    with tempfile.TemporaryDirectory() as folder, open(pathlib.Path(folder, "log"), "w+", encoding="utf-8") as log:
        env = environment(url) | {"TMPDIR": folder} | settings
        streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
        process = subprocess.Popen([BIN / "ministack"], cwd=folder, env=env, **streams)
        try:
            if not until(lambda: answers(url), seconds=60):
                log.seek(0)
                raise TimeoutError(f"ministack does not answer; it printed: {log.read()[-2000:]}")
            yield url
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


class Cloud:
    """An account at ministack."""

    def __init__(self, url):
        self.url = url
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": REGION}
        # boto3 retries nothing; `until` does.
        config = Config(proxies={}, retries={"total_max_attempts": 1}, read_timeout=120)
        for name in "cloudformation", "lambda", "logs", "s3", "secretsmanager", "ses", "sqs":
            client = boto3.client(name, endpoint_url=url, config=config, **keys)
            setattr(self, name.replace("lambda", "functions"), client)

    def prepare(self):
        """Verifies the sender's address and uploads the functions."""
        self.ses.verify_email_identity(EmailAddress=MAIL_FROM)
        self.ses.create_configuration_set(ConfigurationSet={"Name": STACK})
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        for name in FUNCTIONS:
            self.s3.put_object(Bucket=BUCKET, Key=f"{name}.zip", Body=packed(name))

    def deploy(self, page, **parameters):
        """Deploys the template; the status and the outputs."""
        self.s3.put_object(Bucket=BUCKET, Key="template.json", Body=json.dumps(page))
        self.cloudformation.create_stack(
            StackName=STACK,
            TemplateURL=f"{self.url}/{BUCKET}/template.json",
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )

        def stack():
            return self.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]

        ended = until(stack, lambda stack: not stack["StackStatus"].endswith("IN_PROGRESS"), 120)
        return ended["StackStatus"], {one["OutputKey"]: one["OutputValue"] for one in ended.get("Outputs", ())}

    def delete(self):
        """Deletes the stack; whether it is gone."""
        stack = self.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackId"]
        self.cloudformation.delete_stack(StackName=STACK)

        def status():
            return self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]

        return until(status, lambda status: not status.endswith("IN_PROGRESS"), 120)

    def left(self):
        """What has the stack's name: its queues and log groups."""
        queues = self.sqs.list_queues(QueueNamePrefix=STACK).get("QueueUrls", [])
        groups = [one["logGroupName"] for one in self.logs.describe_log_groups()["logGroups"]]
        return queues + [name for name in groups if f"/{STACK}-" in name]

    def run(self, program, outputs, *arguments):
        """A command of an operator against the deployed table, and its output."""
        where = "--bin", program, "--", "--table", outputs["TableName"]
        return cargo(*where, *arguments, env=environment(self.url) | ACCOUNT)

    def secret(self, id, **values):
        """Puts another value into the secret, as in RUNBOOK.md."""
        self.secretsmanager.put_secret_value(SecretId=id, SecretString=json.dumps(values))

    def environment(self, name, **variables):
        """Restarts a function with other variables; the variables before."""
        function = f"{STACK}-{name}"
        had = self.functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        self.functions.update_function_configuration(
            FunctionName=function, Environment={"Variables": had | variables}
        )
        return had

    def mapping(self, name, enabled):
        """Stops or starts the event source mappings of a function."""
        listed = self.functions.list_event_source_mappings(FunctionName=f"{STACK}-{name}")
        for one in listed["EventSourceMappings"]:
            self.functions.update_event_source_mapping(UUID=one["UUID"], Enabled=enabled)

    def queue(self, name):
        return self.sqs.get_queue_url(QueueName=f"{STACK}-{name}")["QueueUrl"]

    def attribute(self, name, attribute):
        asked = self.sqs.get_queue_attributes(QueueUrl=self.queue(name), AttributeNames=[attribute])
        return asked["Attributes"][attribute]

    def length(self, name):
        """How many messages wait in a queue."""
        return int(self.attribute(name, "ApproximateNumberOfMessages"))

    def put_back(self, dead, source):
        """Does the work of the message move task in RUNBOOK.md; how many messages it moved."""
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


def packed(name):
    """A function's binary as Lambda takes it, without debug information."""
    with tempfile.TemporaryDirectory() as folder:
        bootstrap = pathlib.Path(folder, "bootstrap")
        subprocess.run(["strip", "-o", bootstrap, ROOT / "target/debug" / name], check=True)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
            zipped.write(bootstrap, "bootstrap")
        return archive.getvalue()


def template(url):
    """The template that ministack at `url` gets."""
    page = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    for part, names in ("Resources", ["MailSet", "Watch"]), ("Outputs", ["AlarmTopic", "Dashboard"]):
        for name in names:
            del page[part][name]
    page["Globals"]["Function"]["Architectures"] = ["x86_64"]
    for name in "ChangesFunction", "RealtimeFunction":
        variables = page["Resources"][name]["Properties"]["Environment"]["Variables"]
        variables["CONNECTIONS_URL"] = {"Fn::Sub": f"{url}/_aws/execute-api/${{SocketApi}}/ws"}
    for name in "ApiFunction", "JobsFunction":
        variables = page["Resources"][name]["Properties"]["Environment"]["Variables"]
        variables["MEDIA_BUCKET_URL"] = {"Fn::Sub": f"{url}/${{MediaBucket}}"}
    for resource in page["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            binary = resource["Metadata"]["BuildProperties"]["Binary"]
            resource["Properties"]["CodeUri"] = {"Bucket": BUCKET, "Key": f"{binary}.zip"}
        for policy in resource["Properties"].get("Policies", ()):
            for statement in policy["PolicyDocument"]["Statement"]:
                if "ses:SendEmail" in statement["Action"]:
                    statement["Resource"] = statement["Resource"][:1]
    return page


def connected(checks, cloud, outputs):
    """Fills the secrets and connects the numbers, as in docs/deploying.md: addresses, accounts and Meta's secret."""
    values = {
        "verifyToken": SERVE["verifyToken"],
        "appSecrets": [SERVE["appSecret"]],
        "accessToken": SERVE["accessToken"],
    }
    cloud.secret(outputs["MetaSecretId"], **values)
    seed = base64.b64encode(secrets.token_bytes(32)).decode()
    cloud.secret(outputs["SecretId"], tokenKey=secrets.token_hex(32), signingSeed=seed)
    printed = []
    # The second is the number of the files in events/.
    for number, account in (SERVE["phoneNumberId"], SERVE["wabaId"]), ("106540352242922", "102290129340398"):
        named = "--phone-id", number, "--business-id", account, "--display", "+1 555 078 3881", "--currency", "INR"
        done = cloud.run("connect", outputs, "--owner", OWNER, *named)
        checks.equal("a number is connected", (done.returncode, done.stderr), (0, ""))
        printed.append(done.stdout)
    password = re.search(r"signs in with (\w+)", printed[0])
    checks.check("the first number gives its owner a password", password, printed[0])
    checks.check("the second leaves the password as it is", "signs in as before" in printed[1], printed[1])
    url = f"{cloud.url}/_aws/execute-api/{outputs['Url'].split('/')[2].split('.')[0]}/$default"
    ready = {"url": url, "webhookUrl": f"{url}/api/webhook/whatsapp", "ownerEmail": OWNER}
    return SERVE | ready | {"ownerPassword": password[1]}, values


def answered(checks, simulator, meta):
    """A customer writes, an agent answers, the customer reads it; the agent and the lead's id."""
    agent = drive.entered(checks, meta)
    simulator.post("people", {"name": NAME, "waId": PHONE, "userId": USER})
    status, wrote = simulator.post("messages", {"from": PHONE, "type": "text", "text": FIRST})
    checks.equal("a customer writes", status, 200)
    page = drive.only_lead(checks, agent, SOON)
    checks.equal("the message has its wamid", [one["wamid"] for one in page["messages"]], [wrote["wamid"]])
    lead = page["id"]
    status, reply = agent.reply(lead, REPLY, "deploy-1")
    checks.check("an agent answers", status in (200, 202) and reply["success"], (status, reply))
    checks.equal("the same key gives the same message", agent.reply(lead, REPLY, "deploy-1")[1]["id"], reply["id"])
    shown = until(lambda: message(agent.lead(lead), reply["id"]), lambda one: one.get("status") == "read", SOON)
    checks.equal("the customer has read it", shown["status"], "read")
    times = {name for name, at in shown["statuses"].items() if at}
    checks.equal("each status has its time", times, {"sent", "delivered", "read"})
    drive.asked_once(checks, simulator, shown)
    return agent, lead


def edited(meta, said, better):
    """Posts an edit before the message that it edits; both statuses."""
    first = meta.body(text(said))
    id = json.loads(first)["entry"][0]["changes"][0]["value"]["messages"][0]["id"]
    edit = {"original_message_id": id, "message": text(better)}
    return [meta.post(meta.body({"type": "edit", "edit": edit})), meta.post(first)]


def texts(agent, lead):
    """The texts of a lead's conversation, all pages of it."""
    path, cursor, found = f"/api/conversations/{agent.lead(lead)['conversations'][0]}/messages?limit=100", "", []
    while cursor is not None:
        page = agent.get(f"{path}&cursor={cursor}" if cursor else path)
        found += [one["text"] for one in page["items"]]
        cursor = page["nextCursor"]
    return found


def appears(agent, lead, words, seconds=SOON):
    """Whether a text is shown in time."""
    return until(lambda: words in texts(agent, lead), seconds=seconds)


def told(checks, cloud, api, meta, agent):
    """A browser connects by a ticket and sees a customer's message as it comes."""
    status, ticket = agent.ask("POST", "/api/realtime/ticket")
    checks.equal("an agent gets a ticket", status, 200)
    url = f"{cloud.url}/_aws/execute-api/{api}/ws?ticket={ticket['ticket']}".replace("http", "ws", 1)
    browser = Browser(url)
    checks.check("the ticket opens a connection", browser.accepted)
    checks.check("it opens no second one", not Browser(url).accepted)
    browser.says(type="ping")
    checks.equal("the browser's ping is answered", browser.frame("pong"), {"type": "pong"})
    checks.equal("a message is accepted", meta.post(meta.body(text("At once?"))), 200)
    frame = browser.frame("message") or {}
    checks.equal("the browser is told of it", frame.get("message", {}).get("text"), "At once?")


def numbers(checks, simulator, agent):
    """A number is connected by the API, checked with Meta, given a short link, and disconnected."""
    spare = next(one for one in simulator.numbers() if one["status"] == "CONNECTED" and not one["subscribed"])
    form = {"name": "Second shop", "phoneNumberId": spare["phoneNumberId"], "businessAccountId": spare["wabaId"],
            "accessToken": spare["accessToken"]}
    refused, _ = agent.ask("POST", "/api/channels", form | {"accessToken": "EAAG-a-token-that-meta-refuses"})
    checks.equal("a wrong token connects nothing", refused, 422)
    status, channel = agent.ask("POST", "/api/channels", form)
    checks.equal("a number is connected by the API", (status, channel.get("phoneNumberId")), (201, spare["phoneNumberId"]))
    path = f"/api/channels/{channel['id']}"
    checks.equal("a short link is asked for", agent.ask("POST", f"{path}/links", {"message": "Hello"})[0], 200)
    made = until(lambda: agent.get(f"{path}/setup"), lambda setup: setup["links"], seconds=SOON)
    checks.equal("Meta made it", [one["message"] for one in made["links"]], ["Hello"])
    checks.equal("the number is disconnected", agent.ask("DELETE", path)[0], 204)


def redriven(checks, cloud, meta, agent, lead):
    """inbound fails until an event is a dead letter; once it works, the event is put back as in RUNBOOK.md."""
    queue, patience = cloud.queue("inbound.fifo"), cloud.attribute("inbound.fifo", "RedrivePolicy")
    hasty = json.dumps(json.loads(patience) | {"maxReceiveCount": 1})
    cloud.sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": hasty})
    had = cloud.environment("inbound", TABLE_NAME="nothing-of-that-name")
    checks.equal("a message is accepted while inbound fails", meta.post(meta.body(text("Anyone?"))), 200)
    dead = until(lambda: cloud.length("inbound-dead.fifo"), seconds=2 * SOON)
    checks.equal("it becomes a dead letter", dead, 1)
    checks.check("it is not shown yet", "Anyone?" not in texts(agent, lead))
    cloud.environment("inbound", **had)
    cloud.sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": patience})
    checks.equal("one dead letter is put back", cloud.put_back("inbound-dead.fifo", "inbound.fifo"), 1)
    checks.check("it is shown", appears(agent, lead, "Anyone?"))
    checks.equal("both queues are empty", (cloud.length("inbound-dead.fifo"), cloud.length("inbound.fifo")), (0, 0))


class Traffic(threading.Thread):
    """A customer who keeps writing, signed under each of `secrets` in turn; the last status, by text."""

    def __init__(self, meta, *secrets):
        super().__init__(daemon=True)
        self.meta, self.secrets, self.answers, self.over = meta, secrets, {}, threading.Event()

    def run(self):
        while not self.over.wait(0.3):
            for secret in self.secrets:
                words = f"Line {len(self.answers) + 1}"
                body = self.meta.body(text(words))
                # Meta delivers again after a refusal. A function refuses while it may not fetch the secret yet, because
                # another request had a wrong signature a moment ago.
                self.answers[words] = until(lambda: self.meta.post(body, secret), lambda status: status == 200)

    def wait(self, count):
        return until(lambda: len(self.answers), lambda seen: seen >= count, SOON)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def rotated(checks, cloud, id, values, meta, agent, lead):
    """A new app secret joins the old one, and then the old one is removed, while a customer keeps writing."""
    old, new = SERVE["appSecret"], secrets.token_hex(16)
    with Traffic(meta, old) as traffic:
        traffic.wait(3)
        cloud.secret(id, **values | {"appSecrets": [new, old]})
        accepted = until(lambda: meta.post(meta.body(text("Any news?")), new), lambda status: status == 200)
        checks.equal("a signature under a new secret is accepted", accepted, 200)
        traffic.secrets = (old, new)
        traffic.wait(18)
        traffic.secrets = (new,)
        cloud.secret(id, **values | {"appSecrets": [new]})
        # A signature under neither makes the function fetch the secret again.
        refused = until(
            lambda: (meta.post(b"{}", "neither"), meta.post(meta.body(text("Too late")), old))[1],
            lambda status: status == 401,
            SOON,
        )
        checks.equal("a signature under the removed secret is refused", refused, 401)
        traffic.wait(len(traffic.answers) + 3)
    refused = {words: status for words, status in traffic.answers.items() if status != 200}
    checks.equal(f"each of {len(traffic.answers)} deliveries is accepted in the end", refused, {})

    def lines():
        return sorted(words for words in texts(agent, lead) if words in traffic.answers)

    seen = until(lines, lambda seen: len(seen) >= len(traffic.answers), SOON)
    checks.equal("each is shown once", seen, sorted(traffic.answers))
    meta.ready["appSecret"] = new


def invoked(checks, cloud, id, values, ready, agent, lead):
    """Every file of events/, under the secrets that signed them."""
    signing = [ready["appSecret"], invoke.APP_SECRET]
    cloud.secret(id, **values | {"appSecrets": signing, "verifyToken": invoke.VERIFY_TOKEN})
    deployment = {"stack": STACK, "region": REGION, "url": cloud.url}
    known = {invoke.PASSWORD: ready["ownerPassword"], invoke.TOKEN: agent.token, invoke.LEAD: lead}
    invoke.every_file(checks, deployment, known, ready["url"], environment(cloud.url) | ACCOUNT)
    names = until(lambda: {one["name"] for one in agent.leads()}, lambda names: "Ana Souza" in names, SOON)
    checks.check("they create leads", "Ana Souza" in names, names)


def driven(checks, cloud, outputs, ready, values, simulator):
    """Everything that is checked of the deployment."""
    meta, secret = Meta(ready), outputs["MetaSecretId"]
    checks.equal("the simulator's handshake succeeds", simulator.post("handshake"), (200, {"verified": True}))
    agent, lead = answered(checks, simulator, meta)
    told(checks, cloud, outputs["SocketApiId"], meta, agent)
    numbers(checks, simulator, agent)
    accounts.driven(checks, ready["url"], lead, lambda to: until(lambda: cloud.mailed(to), seconds=SOON))
    audit = cloud.run("platform", outputs, "audit")
    checks.check("the audit's chains are valid", audit.returncode == 0, audit.stdout + audit.stderr)
    redriven(checks, cloud, meta, agent, lead)
    # Without changes, schedule has to apply an edit that came before its message.
    cloud.mapping("changes", False)
    checks.equal("an edit is accepted before its message", edited(meta, "Tomorow?", "Tomorrow?"), [200, 200])
    rotated(checks, cloud, secret, values, meta, agent, lead)
    invoked(checks, cloud, secret, values, ready, agent, lead)
    checks.check("schedule applies the edit", appears(agent, lead, "Tomorrow?", 4 * SOON))
    cloud.mapping("changes", True)
    checks.equal("another edit is accepted before its message", edited(meta, "At tne?", "At ten?"), [200, 200])
    checks.check("changes applies the edit", appears(agent, lead, "At ten?"))


def repeated(checks, cloud, url):
    """A deployment of prod that fails at its last resource, and one of dev that is deleted: neither leaves a name behind."""
    page = template(url)
    kinds = "AWS::SQS::Queue", "AWS::Logs::LogGroup"
    named = [name for name, one in page["Resources"].items() if one["Type"] in kinds]
    never = {"Handle": {"Ref": "Signal"}, "Timeout": "1", "Count": 1}
    page["Resources"] |= {
        "Signal": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
        "Fails": {"Type": "AWS::CloudFormation::WaitCondition", "DependsOn": named, "Properties": never},
    }
    checks.equal("a deployment of prod fails", cloud.deploy(page, Stage="prod")[0], "ROLLBACK_COMPLETE")
    checks.equal("it leaves no queue and no logs", cloud.left(), [])
    checks.equal("it is deleted", cloud.delete(), "DELETE_COMPLETE")
    checks.equal("dev is deployed after it", cloud.deploy(template(url))[0], "CREATE_COMPLETE")
    checks.equal("it has queues and logs", len(cloud.left()), len(named))
    checks.equal("dev is deleted", cloud.delete(), "DELETE_COMPLETE")
    checks.equal("it leaves no queue and no logs either", cloud.left(), [])


def main():
    checks = Checks()
    with checks.part("the deployment"), ministack() as url:
        cloud, port = Cloud(url), free_port()
        graph = f"http://127.0.0.1:{port}/v26.0"
        cloud.prepare()
        repeated(checks, cloud, url)
        status, outputs = cloud.deploy(template(url), GraphUrl=graph, MailFrom=MAIL_FROM, ConsoleUrl=CONSOLE)
        checks.equal("the template is deployed", status, "CREATE_COMPLETE")
        ready, values = connected(checks, cloud, outputs)
        with Serve(port, ready["webhookUrl"]) as serve:
            driven(checks, cloud, outputs, ready, values, serve.simulator)
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())
