using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Routing;

namespace SyncHealth.Alerting.Worker.Tests.Channels;

/// <summary>Messages for tests of channels.</summary>
internal static class Some
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static AlertMessage Trigger() => new()
    {
        Kind = NoticeKind.Trigger,
        IncidentKey = "00112233445566778899aabbccddeeff",
        Rule = "sync-success-rate",
        App = "notes",
        Environment = "production",
        Severity = "critical",
        Segment = new Dictionary<string, string> { ["app_version"] = "2.4.1", ["network"] = "cellular" },
        Title = "success",
        Unit = "percent",
        Value = 91.2,
        Limit = 95,
        IsBadBelow = true,
        Bound = "at most 92.6 % with 95 % confidence",
        LastWeek = 97.2,
        TopContributor = "os android: 79.5 % of the bad ones, 41.2 % of all; got worse",
        Completeness = 0.968,
        Rollout = "2.4.1 at 20.3 % of attempts",
        RolloutVerdict = "It is not clear yet whether 2.4.1 is worse than 2.4.0: about 380 more devices on 2.4.1 are needed.",
        ErrorKinds = "server 79.5 %, offline 11.4 %, timeout 9.1 %",
        ErrorCodes = "http_503 61.4 %, no_network 11.4 %, others 27.2 %",
        Attempts = 1000,
        Devices = 212,
        WindowFrom = Noon.AddMinutes(-15),
        WindowTo = Noon,
        Clock = "arrival",
        Since = Noon,
        At = Noon,
        Reason = "breach",
        DashboardUrl = "https://sync.example.com/?app=notes&from=2026-11-22T11%3A45%3A00Z&to=2026-11-22T12%3A00%3A00Z&filter=app_version%3A2.4.1&filter=network%3Acellular",
        RunbookUrl = "https://sync.example.com/runbooks/sync-success-rate",
        AlertsUrl = "https://sync.example.com/alerts?app=notes",
        Labels = new Dictionary<string, string> { ["team"] = "sync" },
    };

    public static AlertMessage Resolve() => Trigger() with
    {
        Kind = NoticeKind.Resolve, Value = 97.1, Bound = null, At = Noon.AddMinutes(32), WindowFrom = Noon.AddMinutes(17), WindowTo = Noon.AddMinutes(32),
        Worst = 71.5, AffectedDevices = "187 devices", Reason = "recovered", LastWeek = null, TopContributor = null, Rollout = null, RolloutVerdict = null, ErrorKinds = null,
        ErrorCodes = null, Completeness = null,
    };

    /// <summary>A message whose names came from an attacker.</summary>
    public static AlertMessage Hostile()
    {
        var poison = string.Concat(Enumerable.Repeat("<!channel> <https://evil|click> *_~`\r\n\0\u202e😀\ud83d\" \\ {{}} & @here ", 200));
        var map = Enumerable.Range(0, 200).ToDictionary(index => $"{index} {poison}", _ => poison);
        return Trigger() with { App = poison, Segment = new Dictionary<string, string> { ["os"] = poison, ["empty"] = "" }, Labels = map, Annotations = map, Rule = poison };
    }
}
