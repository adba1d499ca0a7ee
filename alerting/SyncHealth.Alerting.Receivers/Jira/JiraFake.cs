using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>A Jira Cloud site: issues with a status, comments and transitions, whose search lags behind and whose transition names are German.</summary>
internal sealed partial class JiraFake(TimeProvider clock, TimeProvider wallClock, ReceiverOptions options, RejectionLog rejections)
{
    /// <summary>The transition that leads to done, under a name nobody may rely on.</summary>
    private const string DoneTransition = "31";

    private readonly Lock _lock = new();
    private readonly List<JiraIssue> _issues = [];
    private readonly Dictionary<string, long> _indexedFrom = [];
    private int _lastNumber;

    public IReadOnlyList<JiraIssue> Issues
    {
        get
        {
            lock (_lock)
                return [.. _issues];
        }
    }

    public FakeAnswer Create(string body)
    {
        var fields = JsonReading.Object(body)?["fields"];
        var errors = JiraRules.Errors(fields);
        if (errors.Count > 0)
            return Refuse(400, errors);
        lock (_lock)
        {
            var project = fields.Text("project", "key") ?? fields.Text("project", "id")!;
            var key = string.Create(CultureInfo.InvariantCulture, $"{project}-{++_lastNumber}");
            _issues.Add(new JiraIssue(
                key, project, fields.Text("issuetype", "name") ?? fields.Text("issuetype", "id")!, fields.Text("summary")!, "To Do",
                [.. (fields.At("labels") as JsonArray ?? []).Select(label => label!.ToString())], [], clock.GetUtcNow(), null));
            _indexedFrom[key] = wallClock.GetTimestamp();
            if (_issues.Count > ReceiverLimits.KeptCount)
                Forget();
            var id = string.Create(CultureInfo.InvariantCulture, $"{10_000 + _lastNumber}");
            return FakeAnswer.Json(201, new JsonObject { ["id"] = id, ["key"] = key, ["self"] = $"/rest/api/3/issue/{id}" });
        }
    }

    public FakeAnswer Search(string body)
    {
        var sent = JsonReading.Object(body);
        if (sent?["fields"] is not JsonArray { Count: > 0 })
            return Refuse(400, "fields: must be sent, or only ids come back");
        if (Query().Match(sent.Text("jql") ?? "") is not { Success: true } query)
            return Refuse(400, "jql: this fake reads: project = \"KEY\" AND labels = \"LABEL\"");
        lock (_lock)
        {
            var found = _issues.Where(issue => issue.Project == query.Groups["project"].Value && issue.Labels.Contains(query.Groups["label"].Value) && IsIndexed(issue));
            return FakeAnswer.Json(200, new JsonObject { ["issues"] = new JsonArray([.. found.Select(issue => (JsonNode)Show(issue))]) });
        }
    }

    public FakeAnswer Get(string key)
    {
        lock (_lock)
            return Find(key) is { } issue ? FakeAnswer.Json(200, Show(issue)) : Missing();
    }

    public FakeAnswer Comment(string key, string body)
    {
        var document = JsonReading.Object(body)?["body"];
        if (AtlassianDocument.Error(document) is { } error)
            return Refuse(400, new JsonObject { ["comment"] = error });
        lock (_lock)
        {
            if (Find(key) is not { } issue)
                return Missing();
            Replace(issue, issue with { Comments = [.. issue.Comments, AtlassianDocument.PlainText(document)] });
            return FakeAnswer.Json(201, new JsonObject { ["id"] = $"{issue.Comments.Count + 1}" });
        }
    }

    public FakeAnswer Transitions(string key)
    {
        lock (_lock)
            return Find(key) is null ? Missing() : FakeAnswer.Json(200, new JsonObject
            {
                ["transitions"] = new JsonArray(
                    new JsonObject { ["id"] = "21", ["name"] = "In Arbeit", ["to"] = StatusOf("In Arbeit", "indeterminate") },
                    new JsonObject { ["id"] = DoneTransition, ["name"] = "Erledigt", ["to"] = StatusOf("Erledigt", "done") }),
            });
    }

    public FakeAnswer Transition(string key, string body)
    {
        if (JsonReading.Object(body).Text("transition", "id") is not DoneTransition)
            return Refuse(400, "transition: this fake leads only to done");
        lock (_lock)
        {
            if (Find(key) is not { } issue)
                return Missing();
            Replace(issue, issue with { Status = "Done", DoneAt = issue.DoneAt ?? clock.GetUtcNow() });
            return FakeAnswer.Empty(204);
        }
    }

    private void Forget()
    {
        _indexedFrom.Remove(_issues[0].Key);
        _issues.RemoveAt(0);
    }

    private bool IsIndexed(JiraIssue issue) => wallClock.GetElapsedTime(_indexedFrom[issue.Key]) >= options.JiraSearchLag;

    private JiraIssue? Find(string key) => _issues.FirstOrDefault(issue => issue.Key == key);

    private void Replace(JiraIssue issue, JiraIssue changed) => _issues[_issues.IndexOf(issue)] = changed;

    private static JsonObject Show(JiraIssue issue) => new()
    {
        ["key"] = issue.Key,
        ["fields"] = new JsonObject
        {
            ["summary"] = issue.Summary,
            ["status"] = issue.Status == "Done" ? StatusOf("Erledigt", "done") : StatusOf("Zu erledigen", "new"),
            ["comment"] = new JsonObject { ["comments"] = new JsonArray([.. issue.Comments.Select(ShowComment)]) },
        },
    };

    private static JsonNode ShowComment(string text) => new JsonObject
    {
        ["body"] = new JsonObject
        {
            ["type"] = "doc",
            ["version"] = 1,
            ["content"] = new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)new JsonObject
            {
                ["type"] = "paragraph", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = line }),
            })]),
        },
    };

    private static JsonObject StatusOf(string name, string category) =>
        new() { ["name"] = name, ["statusCategory"] = new JsonObject { ["key"] = category } };

    private FakeAnswer Missing() => Refuse(404, "Issue does not exist or you do not have permission to see it.");

    private FakeAnswer Refuse(int status, string message)
    {
        rejections.Add("jira", status, message);
        return FakeAnswer.Json(status, new JsonObject { ["errorMessages"] = new JsonArray(message), ["errors"] = new JsonObject() });
    }

    private FakeAnswer Refuse(int status, JsonObject errors)
    {
        rejections.Add("jira", status, errors.ToJsonString());
        return FakeAnswer.Json(status, new JsonObject { ["errorMessages"] = new JsonArray(), ["errors"] = errors });
    }

    [GeneratedRegex("""^project = "(?<project>[A-Za-z0-9_]+)" AND labels = "(?<label>[^" ]+)"$""")]
    private static partial Regex Query();
}
