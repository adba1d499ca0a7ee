using System.Globalization;
using System.Text.Json.Nodes;

namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>A Slack channel behind an incoming webhook: one message a second with short bursts, errors in plain text.</summary>
internal sealed class SlackFake(TimeProvider clock, TimeProvider wallClock, RejectionLog rejections)
{
    /// <summary>Messages that may come at once.</summary>
    private const double Burst = 5;

    /// <summary>Messages a second after that.</summary>
    private const double PerSecond = 1;

    private readonly Lock _lock = new();
    private readonly BoundedList<SlackMessage> _messages = new();
    private double _allowance = Burst;
    private long _allowedAt = wallClock.GetTimestamp();

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (_lock)
                return _messages.Items;
        }
    }

    public FakeAnswer Post(string body)
    {
        lock (_lock)
        {
            if (!TakeAllowance())
                return Limit();
            if (JsonReading.Object(body) is not { } sent)
                return Refuse("invalid_payload", "the body is not a JSON object");
            if (SlackRules.Error(sent) is var (error, detail))
                return Refuse(error, detail);
            _messages.Add(new SlackMessage(clock.GetUtcNow(), sent.Text("text")!, [.. SlackRules.Lines(sent["blocks"] as JsonArray ?? [])]));
            return FakeAnswer.Plain(200, "ok");
        }
    }

    /// <summary>On the wall clock: the vendor's seconds are real ones, however fast the demo's clock runs.</summary>
    private bool TakeAllowance()
    {
        var now = wallClock.GetTimestamp();
        _allowance = Math.Min(Burst, _allowance + (wallClock.GetElapsedTime(_allowedAt, now).TotalSeconds * PerSecond));
        _allowedAt = now;
        if (_allowance < 1)
            return false;
        _allowance--;
        return true;
    }

    private FakeAnswer Limit()
    {
        var seconds = (int)Math.Ceiling((1 - _allowance) / PerSecond);
        rejections.Add("slack", 429, $"rate_limited: come back in {seconds.ToString(CultureInfo.InvariantCulture)} s");
        return FakeAnswer.Json(429, new JsonObject { ["retry_after"] = seconds, ["ok"] = false, ["error"] = "rate_limited" }) with { RetryAfterSeconds = seconds };
    }

    private FakeAnswer Refuse(string error, string detail)
    {
        rejections.Add("slack", 400, $"{error}: {detail}");
        return FakeAnswer.Plain(400, error);
    }
}
