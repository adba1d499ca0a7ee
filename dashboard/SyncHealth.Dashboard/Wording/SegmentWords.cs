using SyncHealth.Dashboard.State;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Wording;

/// <summary>Says which part of the fleet is meant.</summary>
public static class SegmentWords
{
    private const string Unknown = "unknown";

    /// <summary>"app version 2.5.0 on Android over cellular with region ap-south"</summary>
    public static string Phrase(IReadOnlyList<DimensionFilter> segment)
    {
        List<string> words = [];
        foreach (var dimension in Dimension.Core)
        {
            var values = segment.Where(filter => filter.Dimension == dimension.Name).Select(filter => Speak(dimension, filter.Value)).ToArray();
            if (values.Length > 0)
                words.Add((words.Count, dimension) switch
                {
                    (0, _) => string.Join(" or ", values),
                    (1, _) => "on " + string.Join(" or ", values),
                    _ => "over " + string.Join(" or ", values),
                });
        }

        foreach (var tag in segment.Where(filter => filter.Dimension.StartsWith(Dimensions.TagPrefix, StringComparison.Ordinal)))
            words.Add($"{(words.Count == 0 ? "" : "with ")}{tag.Dimension[Dimensions.TagPrefix.Length..]} {Value(tag.Value)}");
        return string.Join(' ', words);
    }

    /// <summary>A value as a chip or legend entry shows it.</summary>
    public static string Value(string value) => SegmentNames.Of(value);

    private static string Speak(Dimension dimension, string value) => Value(value) switch
    {
        Unknown => dimension == Dimension.AppVersion ? "an unknown app version" : $"an unknown {dimension.Spoken}",
        var name => dimension == Dimension.AppVersion ? "app version " + name : name,
    };
}
