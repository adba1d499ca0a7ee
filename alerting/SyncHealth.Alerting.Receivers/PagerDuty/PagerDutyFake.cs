using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.PagerDuty;

/// <summary>A PagerDuty that keeps the vendor's state model: one open incident per key, a trigger on it joins, a trigger after its end opens another.</summary>
internal sealed class PagerDutyFake(TimeProvider clock, ReceiverOptions options, RejectionLog rejections)
{
    private readonly Lock _lock = new();
    private readonly List<PagerDutyIncident> _incidents = [];
    private readonly BoundedList<PagerDutyChange> _changes = new();
    private readonly Dictionary<string, SlidingWindow> _limits = [];

    public IReadOnlyList<PagerDutyIncident> Incidents
    {
        get
        {
            lock (_lock)
                return [.. _incidents];
        }
    }

    public IReadOnlyList<PagerDutyChange> Changes
    {
        get
        {
            lock (_lock)
                return _changes.Items;
        }
    }

    /// <summary>A change event.</summary>
    public FakeAnswer EnqueueChange(string body)
    {
        if (JsonReading.Object(body) is not { } sent)
            return Refuse(["The request body is not a JSON object"]);
        var errors = PagerDutyRules.ChangeErrors(sent).ToArray();
        if (errors.Length > 0)
            return Refuse(errors);
        lock (_lock)
            _changes.Add(new PagerDutyChange(sent.Text("payload", "summary")!, sent.Text("payload", "source") ?? "", clock.GetUtcNow()));
        return FakeAnswer.Json(202, new JsonObject { ["status"] = "success", ["message"] = "Change event processed" });
    }

    public FakeAnswer Enqueue(string body)
    {
        if (JsonReading.Object(body) is not { } sent)
            return Refuse(["The request body is not a JSON object"]);
        var errors = PagerDutyRules.Errors(sent).ToArray();
        if (errors.Length > 0)
            return Refuse(errors);

        var (key, routing) = (sent.Text("dedup_key")!, sent.Text("routing_key")!);
        lock (_lock)
        {
            if (!LimitOf(routing).TryTake())
                return Throttle();
            Apply(sent, sent.Text("event_action")!, routing + key, key);
        }

        return FakeAnswer.Json(202, new JsonObject { ["status"] = "success", ["message"] = "Event processed", ["dedup_key"] = key });
    }

    private readonly Dictionary<string, int> _open = [];

    private void Apply(JsonObject sent, string action, string identity, string key)
    {
        var isOpen = _open.TryGetValue(identity, out var index);
        if (action == "resolve" && isOpen)
        {
            _incidents[index] = _incidents[index] with { Status = "resolved", ResolvedAt = clock.GetUtcNow() };
            _open.Remove(identity);
        }

        if (action == "acknowledge" && isOpen)
            _incidents[index] = _incidents[index] with { Status = "acknowledged" };
        if (action != "trigger")
            return;
        if (isOpen)
            _incidents[index] = _incidents[index] with { Triggers = _incidents[index].Triggers + 1 };
        else
            Open(sent["payload"], identity, key);
    }

    private void Open(JsonNode? payload, string identity, string key)
    {
        _open.Add(identity, _incidents.Count);
        _incidents.Add(new PagerDutyIncident(
            key, payload.Text("summary")!, payload.Text("source")!, payload.Text("severity")!, "open", 1, clock.GetUtcNow(), null));
        if (_incidents.Count > ReceiverLimits.KeptCount)
            Forget();
    }

    private void Forget()
    {
        _incidents.RemoveAt(0);
        foreach (var (identity, index) in _open.ToArray())
            if (index == 0)
                _open.Remove(identity);
            else
                _open[identity] = index - 1;
    }

    private SlidingWindow LimitOf(string routingKey)
    {
        if (!_limits.TryGetValue(routingKey, out var limit))
            _limits.Add(routingKey, limit = new SlidingWindow(options.WallClock, options.PagerDutyPerMinute));
        return limit;
    }

    /// <summary>The event is not taken, and no header says when to come back.</summary>
    private FakeAnswer Throttle()
    {
        rejections.Add("pagerduty", 429, "throttle exceeded");
        return FakeAnswer.Json(429, new JsonObject { ["status"] = "throttle exceeded", ["message"] = "Requests for this service are arriving too quickly. Please retry later." });
    }

    private FakeAnswer Refuse(string[] errors)
    {
        rejections.Add("pagerduty", 400, string.Join("; ", errors));
        return FakeAnswer.Json(400, new JsonObject
        {
            ["status"] = "invalid event",
            ["message"] = "Event object is invalid",
            ["errors"] = new JsonArray([.. errors.Select(error => (JsonNode)error)]),
        });
    }
}
