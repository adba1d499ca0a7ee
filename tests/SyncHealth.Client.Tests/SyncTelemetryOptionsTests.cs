using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SyncHealth.Client.Diagnostics;

namespace SyncHealth.Client.Tests;

/// <summary>What the documentation of an option says its default is, is what a new options object has.</summary>
public sealed partial class SyncTelemetryOptionsTests
{
    /// <summary>The two defaults that depend on the device, as they are described.</summary>
    private static readonly Dictionary<string, string> OfTheDevice = new()
    {
        [nameof(SyncTelemetryOptions.Os)] = "android, ios, windows, macos or linux, as detected",
        [nameof(SyncTelemetryOptions.OsVersion)] = "as the runtime reports it",
    };

    public static TheoryData<string> Options => [.. typeof(SyncTelemetryOptions).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public void Default_AsDocumented_IsTheRealOne(string option)
    {
        var said = Said(option);
        var real = typeof(SyncTelemetryOptions).GetProperty(option)!.GetValue(new SyncTelemetryOptions());

        if (OfTheDevice.TryGetValue(option, out var words))
            Assert.StartsWith("Default: " + words, said[said.IndexOf("Default: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        else if (option is nameof(SyncTelemetryOptions.Endpoint) or nameof(SyncTelemetryOptions.Key))
            Assert.True(said.Contains("Required", StringComparison.Ordinal) && real is null or "", $"{option}: {said}");
        else
            Assert.Equal(Text(real), DefaultIn().Match(said).Groups[1].Value);
    }

    [Fact]
    public void Default_OfTheDevice_IsWhatTheRuntimeSays()
    {
        var options = new SyncTelemetryOptions();

        Assert.Equal((Platform.Os, Platform.OsVersion), (options.Os, options.OsVersion));
    }

    private static string Said(string option)
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "SyncHealth.Client.xml"));
        var summary = documentation.Descendants("member").Single(member => member.Attribute("name")!.Value == $"P:{typeof(SyncTelemetryOptions).FullName}.{option}").Element("summary")!;
        foreach (var link in summary.Descendants().Where(element => element.Name.LocalName is "see").ToArray())
            link.ReplaceWith(link.Attribute("langword")?.Value ?? link.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1]);
        return Blanks().Replace(summary.Value, " ").Trim();
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        TimeProvider clock when clock == TimeProvider.System => "the system's",
        TimeSpan { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => Invariant($"{ticks / TimeSpan.TicksPerDay} days"),
        TimeSpan { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => Invariant($"{ticks / TimeSpan.TicksPerMinute} min"),
        TimeSpan time => Invariant($"{time.TotalSeconds} s"),
        long bytes => Invariant($"{bytes / 1024.0 / 1024.0} MiB"),
        bool flag => flag ? "true" : "false",
        IDictionary<string, string> { Count: 0 } => "empty",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Default: ([^,.;]+)")]
    private static partial Regex DefaultIn();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
