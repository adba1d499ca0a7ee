using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SyncHealth.Alerting.Messages;
using SyncHealth.Alerting.Worker.Releases;
using SyncHealth.Storage.Releases;

namespace SyncHealth.Alerting.Worker.Channels.PagerDuty;

/// <summary>The body of a change event. Limits: developer.pagerduty.com/docs/send-change-event.</summary>
internal static class PagerDutyChangePayload
{
    /// <summary>Longest summary, in characters.</summary>
    private const int MaxSummary = 1024;

    /// <summary>Longest name kept, in characters.</summary>
    private const int MaxField = 255;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(LeasedReleaseNotice release, Secret routingKey, string? dashboard)
    {
        var (app, version) = (PlainText.Line(release.App, MaxField), PlainText.Line(release.Version, MaxField));
        var body = new JsonObject
        {
            ["routing_key"] = routingKey.Reveal(),
            ["payload"] = new JsonObject
            {
                ["summary"] = PlainText.Line($"{app} {version} is in traffic: {ReleaseWatch.EnoughDevices} devices", MaxSummary),
                ["source"] = app,
                ["timestamp"] = release.FirstEventAt.ToUniversalTime().ToString("O"),
                ["custom_details"] = new JsonObject { ["app"] = app, ["release"] = version, ["first device"] = Quantity.Moment(release.FirstEventAt) },
            },
        };
        if (dashboard is not null)
            body["links"] = new JsonArray(new JsonObject { ["href"] = dashboard, ["text"] = "Dashboard" });
        return body.ToJsonString(Readable);
    }
}
