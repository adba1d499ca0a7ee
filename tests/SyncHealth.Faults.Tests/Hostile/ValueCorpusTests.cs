using SyncHealth.Contracts;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing.Faults;
using Xunit;

namespace SyncHealth.Faults.Tests.Hostile;

/// <summary>C4: what each value of the corpus does at the edge.</summary>
public sealed class ValueCorpusTests
{
    // One key for all bodies: events without an id then have the same identity whatever the body's bytes are.
    private readonly Edge _edge = new(GoodEvent.Now, "key");

    [Fact]
    public void Take_EveryValueInEveryField_IsTakenStorableOrRefusedWithAReason()
    {
        var goal = new Goal("C4");
        var count = 0;
        foreach (var field in ValueCorpus.Fields)
            foreach (var value in ValueCorpus.Values)
            {
                var result = _edge.Take(Edge.Json, GoodEvent.Batch([GoodEvent.Json(GoodEvent.With(1, field, value))]));
                Assert.True(result.Refusal is null, $"{field}: {value} cost the whole batch: {result.Verdict}");
                Assert.True(result.Verdict == "taken" || result.Verdict.EndsWith("_required", StringComparison.Ordinal) || Codes.Contains(result.Verdict), $"{field}: {value} is '{result.Verdict}'");
                StorableRule.Check(result);
                count++;
            }

        foreach (var (name, body) in ValueCorpus.Bodies(GoodEvent.Json(1)))
        {
            var result = _edge.Take(Edge.Json, body);
            Assert.True(result.Refusal is null or { Status: 400 or 413 }, $"{name}: {result.Verdict}");
            StorableRule.Check(result);
            count++;
        }

        Assert.InRange(count, 400, int.MaxValue);
        goal.Reached($"{count} values and bodies, each taken in a form that Postgres keeps or refused with its reason");
    }

    /// <summary>What means the same in both protocols has the same verdict, and becomes the same row.</summary>
    [Fact]
    public void Take_SameValueOverBothProtocols_SameVerdictAndSameRow()
    {
        var compared = 0;
        foreach (var field in ValueCorpus.Fields.Intersect(OtlpText.Fields))
            foreach (var value in ValueCorpus.Values)
            {
                var fields = GoodEvent.With(1, field, value);
                var json = _edge.Take(Edge.Json, GoodEvent.Batch([GoodEvent.Json(fields)]));
                var at = new DateTimeOffset(2026, 11, 22, 7, 59, 58, 120, TimeSpan.Zero);
                var otlp = _edge.Take(Edge.OtlpJson, OtlpText.Request(at, fields.Where(pair => pair.Field != "timestamp")));
                Assert.True(json.Verdict == otlp.Verdict, $"{field}: {value} is '{json.Verdict}' in JSON and '{otlp.Verdict}' in OTLP");
                if (json.Verdict == "taken")
                    Assert.Equal(StorableRule.Describe(json.Batch!.Events[0]), StorableRule.Describe(otlp.Batch!.Events[0]));
                compared++;
            }

        new Goal("C4").Reached($"{compared} values over both protocols, same verdict and same row");
    }

    private static readonly string[] Codes =
    [
        ReasonCodes.TimestampOutOfRange, ReasonCodes.InvalidType, ReasonCodes.InvalidField, ReasonCodes.DurationOutOfRange, ReasonCodes.InconsistentOutcome,
    ];
}
