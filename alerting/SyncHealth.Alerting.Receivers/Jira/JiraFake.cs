using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Receivers.Jira;

/// <summary>A Jira Cloud site: issues with a status, comments, links and transitions, whose search lags behind and whose transition names are German.</summary>
internal sealed partial class JiraFake(TimeProvider clock, TimeProvider wallClock, ReceiverOptions options, RejectionLog rejections)
{
    /// <summary>The transition that leads to done, under a name nobody may rely on.</summary>
    private const string DoneTransition = "31";

    /// <summary>The one that leads back to the beginning.</summary>
    private const string BackTransition = "11";

    private const string WorkTransition = "21";

    /// <summary>Ids that a search may be asked to reconcile (developer.atlassian.com/cloud/jira/platform/search-and-reconcile).</summary>
    private const int MaxReconciled = 50;

    /// <summary>Writes to one issue within <see cref="WriteWindow"/> (developer.atlassian.com/cloud/jira/platform/rate-limiting).</summary>
    private const int WritesPerIssue = 20;

    /// <summary>Most comments of a page, and as many as come unasked.</summary>
    private const int MostComments = 100;

    private const long FirstId = 10_000;

    private static readonly TimeSpan WriteWindow = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<JiraIssue> _issues = [];
    private readonly Dictionary<long, long> _indexedFrom = [];
    private readonly Dictionary<long, DateTimeOffset> _changedAt = [];
    private readonly Dictionary<string, string> _movedTo = [];
    private readonly Dictionary<long, Queue<long>> _writes = [];
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
            var key = NextKey(project);
            var id = FirstId + _lastNumber;
            _issues.Add(new JiraIssue(
                key, project, fields.Text("issuetype", "name") ?? fields.Text("issuetype", "id")!, fields.Text("summary")!, "To Do",
                [.. (fields.At("labels") as JsonArray ?? []).Select(label => label!.ToString())], [], clock.GetUtcNow(), null)
                { Id = id, Description = fields.At("description") is { } description ? AtlassianDocument.PlainText(description) : "" });
            _indexedFrom[id] = wallClock.GetTimestamp();
            _changedAt[id] = wallClock.GetUtcNow();
            if (_issues.Count > ReceiverLimits.KeptCount)
                Forget(_issues[0]);
            var number = id.ToString(CultureInfo.InvariantCulture);
            return FakeAnswer.Json(201, new JsonObject { ["id"] = number, ["key"] = key, ["self"] = $"/rest/api/3/issue/{number}" });
        }
    }

    public FakeAnswer Search(string body)
    {
        var sent = JsonReading.Object(body);
        if (sent?["fields"] is not JsonArray { Count: > 0 } fields)
            return Refuse(400, "fields: must be sent, or only ids come back");
        if (Query().Match(sent.Text("jql") ?? "") is not { Success: true } query)
            return Refuse(400, "jql: this fake reads: project = \"KEY\" AND labels = \"LABEL\"");
        if (sent["reconcileIssues"] is { } asked && (asked is not JsonArray { Count: <= MaxReconciled } ids || !ids.All(id => id is JsonValue value && value.TryGetValue<long>(out _))))
            return Refuse(400, $"reconcileIssues: must be a list of at most {MaxReconciled} numbers");
        var known = (sent["reconcileIssues"] as JsonArray ?? []).Select(id => id!.GetValue<long>()).ToHashSet();
        lock (_lock)
        {
            var found = _issues.Where(issue => issue.Project == query.Groups["project"].Value && issue.Labels.Contains(query.Groups["label"].Value)
                && (known.Contains(issue.Id) || IsIndexed(issue)));
            return FakeAnswer.Json(200, new JsonObject { ["issues"] = new JsonArray([.. found.Select(issue => (JsonNode)Show(issue, [.. fields.Select(field => $"{field}")]))]) });
        }
    }

    /// <param name="key">The issue.</param>
    /// <param name="fields">What of it, between commas; null for everything.</param>
    public FakeAnswer Get(string key, string? fields)
    {
        lock (_lock)
            return Find(key) is { } issue ? FakeAnswer.Json(200, Show(issue, fields?.Split(','))) : Missing();
    }

    /// <summary>A page of an issue's comments (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments).</summary>
    public FakeAnswer Comments(string key, string? orderBy, int? maxResults)
    {
        if (orderBy is not (null or "created" or "+created" or "-created"))
            return Refuse(400, "orderBy: must be created, +created or -created");
        lock (_lock)
        {
            if (Find(key) is not { } issue)
                return Missing();
            var ordered = orderBy == "-created" ? issue.Comments.Reverse() : issue.Comments;
            var page = Math.Clamp(maxResults ?? MostComments, 0, MostComments);
            return FakeAnswer.Json(200, new JsonObject
            {
                ["startAt"] = 0, ["maxResults"] = page, ["total"] = issue.Comments.Count, ["comments"] = new JsonArray([.. ordered.Take(page).Select(ShowComment)]),
            });
        }
    }

    public FakeAnswer Comment(string key, string body)
    {
        var document = JsonReading.Object(body)?["body"];
        if (AtlassianDocument.Error(document) is { } error)
            return Refuse(400, new JsonObject { ["comment"] = error });
        return Write(key, issue =>
        {
            Replace(issue, issue with { Comments = [.. issue.Comments, AtlassianDocument.PlainText(document)] });
            return FakeAnswer.Json(201, new JsonObject { ["id"] = $"{issue.Comments.Count + 1}" });
        });
    }

    /// <summary><c>PUT issue</c>: this fake takes labels to add.</summary>
    public FakeAnswer Edit(string key, string body)
    {
        var added = (JsonReading.Object(body).At("update", "labels") as JsonArray)?.Select(change => change.At("add")).ToArray();
        if (added is not { Length: > 0 })
            return Refuse(400, "update: this fake takes labels to add");
        if (JiraRules.LabelError(new JsonArray([.. added.Select(label => label?.DeepClone())])) is { } error)
            return Refuse(400, new JsonObject { ["labels"] = error });
        return Write(key, issue =>
        {
            Replace(issue, issue with { Labels = [.. issue.Labels.Union(added.Select(label => label!.ToString()))] });
            _indexedFrom[issue.Id] = wallClock.GetTimestamp();
            return FakeAnswer.Empty(204);
        });
    }

    public FakeAnswer Link(string body)
    {
        var sent = JsonReading.Object(body);
        if (sent.Text("type", "name") != "Relates")
            return Refuse(404, "No issue link type with this name.");
        lock (_lock)
        {
            if (Find(sent.Text("inwardIssue", "key") ?? "") is not { } inward || Find(sent.Text("outwardIssue", "key") ?? "") is not { } outward)
                return Missing();
            Replace(inward, inward with { Links = [.. inward.Links, outward.Key] });
            return FakeAnswer.Empty(201);
        }
    }

    public FakeAnswer Transitions(string key)
    {
        lock (_lock)
            return Find(key) is not { } issue ? Missing() : FakeAnswer.Json(200, new JsonObject
            {
                ["transitions"] = new JsonArray([.. Offered(issue).Select(way => (JsonNode)new JsonObject
                {
                    ["id"] = way.Id, ["name"] = way.Name, ["to"] = StatusOf(way.Name, way.Category),
                })]),
            });
    }

    public FakeAnswer Transition(string key, string body) => Write(key, issue =>
    {
        var id = JsonReading.Object(body).Text("transition", "id");
        if (Offered(issue).All(way => way.Id != id))
            return Refuse(400, "It seems that you have tried to perform a workflow operation that is not valid for the current state of this issue.");
        Move(issue, id == DoneTransition ? "Done" : null);
        return FakeAnswer.Empty(204);
    });

    /// <summary>Closes an issue as a person does.</summary>
    public void Close(string key, string resolution)
    {
        lock (_lock)
            Move(Find(key)!, resolution);
    }

    public void Say(string key, string text)
    {
        lock (_lock)
            if (Find(key) is { } issue)
                Replace(issue, issue with { Comments = [.. issue.Comments, text] });
    }

    public void Delete(string key)
    {
        lock (_lock)
            Forget(Find(key)!);
    }

    /// <summary>Moves an issue to another project, where it has another key; its old one leads to it.</summary>
    public void MoveTo(string key, string project)
    {
        lock (_lock)
        {
            var issue = Find(key)!;
            _movedTo[issue.Key] = NextKey(project);
            Replace(issue, issue with { Key = _movedTo[issue.Key], Project = project });
        }
    }

    private IEnumerable<(string Id, string Name, string Category)> Offered(JiraIssue issue)
    {
        if (issue.Status != "Done")
            return [(WorkTransition, "In Arbeit", "indeterminate"), (DoneTransition, "Erledigt", "done")];
        return options.JiraReopens ? [(BackTransition, "Zurück auf Anfang", "new")] : [];
    }

    private void Move(JiraIssue issue, string? resolution)
    {
        var isDone = resolution is not null;
        if (isDone != (issue.Status == "Done"))
            _changedAt[issue.Id] = wallClock.GetUtcNow();
        Replace(issue, issue with
        {
            Status = isDone ? "Done" : "To Do", Resolution = resolution, DoneAt = isDone ? issue.DoneAt ?? clock.GetUtcNow() : null,
            Reopened = issue.Reopened + (issue.Status == "Done" && !isDone ? 1 : 0),
        });
    }

    private FakeAnswer Write(string key, Func<JiraIssue, FakeAnswer> write)
    {
        lock (_lock)
        {
            if (Find(key) is not { } issue)
                return Missing();
            var writes = _writes.TryGetValue(issue.Id, out var known) ? known : _writes[issue.Id] = [];
            while (writes.TryPeek(out var oldest) && wallClock.GetElapsedTime(oldest) >= WriteWindow)
                writes.Dequeue();
            if (writes.Count >= WritesPerIssue)
            {
                rejections.Add("jira", 429, $"jira-per-issue-on-write: {issue.Key}");
                return FakeAnswer.Empty(429) with { RetryAfterSeconds = (int)WriteWindow.TotalSeconds, RateLimitReason = "jira-per-issue-on-write" };
            }

            writes.Enqueue(wallClock.GetTimestamp());
            return write(issue);
        }
    }

    private string NextKey(string project) => string.Create(CultureInfo.InvariantCulture, $"{project}-{++_lastNumber}");

    private void Forget(JiraIssue issue)
    {
        _indexedFrom.Remove(issue.Id);
        _changedAt.Remove(issue.Id);
        _writes.Remove(issue.Id);
        _issues.Remove(issue);
    }

    private bool IsIndexed(JiraIssue issue) => wallClock.GetElapsedTime(_indexedFrom[issue.Id]) >= options.JiraSearchLag;

    private JiraIssue? Find(string key) => _issues.FirstOrDefault(issue => issue.Key == _movedTo.GetValueOrDefault(key, key));

    private void Replace(JiraIssue issue, JiraIssue changed) => _issues[_issues.IndexOf(issue)] = changed;

    private JsonObject Show(JiraIssue issue, IReadOnlyCollection<string>? asked)
    {
        var fields = new JsonObject
        {
            ["summary"] = issue.Summary,
            ["status"] = issue.Status == "Done" ? StatusOf("Erledigt", "done") : StatusOf("Zu erledigen", "new"),
            ["resolution"] = issue.Resolution is { } name ? new JsonObject { ["name"] = name } : null,
            ["statuscategorychangedate"] = _changedAt[issue.Id].ToString("yyyy-MM-dd'T'HH:mm:ss.fffzz'00'", CultureInfo.InvariantCulture),
            ["labels"] = new JsonArray([.. issue.Labels.Select(label => (JsonNode)label)]),
            ["comment"] = new JsonObject { ["comments"] = new JsonArray([.. issue.Comments.Select(ShowComment)]) },
        };
        foreach (var unasked in fields.Select(field => field.Key).Where(field => asked?.Contains(field) == false).ToList())
            fields.Remove(unasked);
        return new JsonObject { ["id"] = issue.Id.ToString(CultureInfo.InvariantCulture), ["key"] = issue.Key, ["fields"] = fields };
    }

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
