using System.Text.Json;
using SyncHealth.Storage.Vitals;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

/// <summary>An answer of many points is built on every core, and is the same answer.</summary>
public sealed class AnswerBuilderTests
{
    private const int Hours = 600;

    private static readonly DateTime Start = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Versions = [.. Enumerable.Range(0, 9).Select(i => $"2.{i}")];

    [Fact]
    public void Build_ManyPoints_IsWhatEachGroupAloneIs()
    {
        var whole = Answer(Versions);

        Assert.Equal(Versions.Length * Hours, whole.Groups.Sum(group => group.Points.Count));
        Assert.Equal(Versions, whole.Groups.Select(group => group.By["app_version"]));
        foreach (var group in whole.Groups)
            Assert.Equal(Text(Answer([group.By["app_version"]]).Groups.Single()), Text(group));
    }

    /// <summary>Each version has its own counts and durations in each hour, from the last hour to the first, in two rows.</summary>
    private static VitalsAnswer Answer(string[] versions)
    {
        var query = new VitalsQuery
        {
            App = "notes", From = Start, To = Start.AddHours(Hours), Now = Start.AddHours(Hours), Step = TimeSpan.FromHours(1), By = ["app_version"], Parts = VitalsParts.None,
        };
        var builder = new AnswerBuilder(query, new CountedRange { Lo = Start, Hi = Start.AddHours(Hours), Source = "hour", IsMargin = true }, PointGrid.Of(query));
        foreach (var version in versions)
            for (var hour = Hours - 1; hour >= 0; hour--)
                foreach (var half in (int[])[1, 2])
                    builder.Add(Count(version, hour, half));
        return builder.Build();
    }

    private static VitalCount Count(string version, int hour, int half)
    {
        var random = new Random((Array.IndexOf(Versions, version) * 10_000) + (hour * 2) + half);
        var (successes, others) = (new DurationSketch(), new DurationSketch());
        for (var i = 0; i < 8; i++)
            (i < 6 ? successes : others).Add(random.Next(1, 90_000));
        return new VitalCount { GroupKey = [version], At = Start.AddHours(hour), Attempts = 8, Successes = 6, Over60s = random.Next(3), SuccessSketch = successes.Encode(), OtherSketch = others.Encode() };
    }

    private static string Text(VitalsGroup group) => JsonSerializer.Serialize(group);
}
