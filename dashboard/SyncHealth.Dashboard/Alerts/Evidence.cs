using System.Text.Json;
using System.Text.Json.Serialization;
using SyncHealth.Alerting.Evaluation;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Dashboard.Alerts;

/// <summary>What the evaluation saw that led to a transition, for people.</summary>
/// <param name="Value">"86.4 % against a threshold of 95 %"</param>
/// <param name="Sample">"1,240 attempts from 212 devices"; empty without any.</param>
/// <param name="From">The window that was counted; null without evidence.</param>
public sealed record Evidence(string Value, string Sample, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>The form in which the evaluator writes findings.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly Evidence None = new("nothing was evaluated", "", null, null);

    public static Evidence Of(LoggedTransition logged)
    {
        ArgumentNullException.ThrowIfNull(logged);
        if (Read(logged.Transition.InputsJson) is not { Measurement: { } measured } finding)
            return None;
        if (finding.Release is { } release)
            return new Evidence(release.Sentence, SampleOf(measured), measured.Window.From, measured.Window.To);
        var threshold = AlertWords.Format(logged.Unit, finding.Limits?.Breach ?? logged.Threshold);
        var value = measured.Value is { } number ? $"{AlertWords.Format(logged.Unit, number)} against a threshold of {threshold}" : $"no evidence against a threshold of {threshold}";
        var compared = finding.Baseline?.Value is { } baseline ? $" ({AlertWords.Format(logged.Unit, baseline)} before)" : "";
        return new Evidence(value + compared, SampleOf(measured), measured.Window.From, measured.Window.To);
    }

    private static string SampleOf(Measurement measured) => (measured.Attempts, measured.Devices) switch
    {
        (0, 0) => "",
        (0, var devices) => Quantity.Of(devices, "device", "devices"),
        var (attempts, devices) => $"{Quantity.Of(attempts, "attempt", "attempts")} from {Quantity.Of(devices, "device", "devices")}",
    };

    /// <summary>What another version of the evaluator wrote may not be readable; it is kept all the same.</summary>
    private static Finding? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Finding>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
