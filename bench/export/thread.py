"""The thread's way: requests and csv, a session, a question after the other."""
import csv
import json
import resource
import sys

import requests

with open(sys.argv[1], encoding="utf-8") as file:
    plan = json.load(file)
env = plan["env"]
token = requests.post(
    env["WHY403_LOGIN_URL"] + "/oauth/token",
    auth=(env["WHY403_CLIENT_ID"], env["WHY403_CLIENT_SECRET"]),
    data={"grant_type": "client_credentials"},
    timeout=60,
).json()["access_token"]
session = requests.Session()
session.trust_env = False
session.headers["Authorization"] = "Bearer " + token
queues = session.get(env["WHY403_API_URL"] + "/api/v2/routing/queues?pageSize=500", timeout=60).json()
names = {queue["id"]: queue["name"] for queue in queues["entities"]}
rows = 0
with open(plan["out"], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["from", "to", "queue", "name", "media"] + [column[0] for column in plan["columns"]])
    for window in plan["windows"]:
        answer = session.post(
            env["WHY403_API_URL"] + "/api/v2/analytics/conversations/aggregates/query",
            json={**plan["query"], "interval": window["from"] + "/" + window["to"]},
            timeout=60,
        ).json()
        for result in answer["results"]:
            group = result["group"]
            if "queueId" not in group:
                continue
            for bucket in result["data"]:
                start, end = bucket["interval"].split("/")
                stats = {metric["metric"]: metric["stats"] for metric in bucket["metrics"]}
                row = [start, end, group["queueId"], names.get(group["queueId"]), group["mediaType"]]
                row += [stats.get(metric, {}).get(field) for _, metric, field in plan["columns"]]
                writer.writerow(row)
                rows += 1
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"rows": rows, "megabytes": used.ru_maxrss / 1024, "work": used.ru_utime + used.ru_stime}))
