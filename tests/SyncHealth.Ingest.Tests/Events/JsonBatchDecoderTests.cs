using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Events;

public sealed class JsonBatchDecoderTests
{
    private const string Rich = """
        "id":"e","outcome":"success","network":"wifi","error":null,"conflicts":[{"entity":"note","strategy":"lww","count":1}],
        "failures":[{"entity":"photo","kind":"denied","code":"\u00e9","parked":true}],"deferred":[{"reason":"metered","count":2}],"ageMs":1880
        """;

    private static readonly string Good = $$$"""
        {"sentAt":"2026-11-22T08:00:00.000Z","resource":{"app":"notes","appVersion":"2.4.1","os":"android","deviceId":"d","tags":{"cohort":"beta"}},
         "events":[{{{Taking.EventJson()}}},{{{Taking.EventJson(Rich)}}}],"dropped":[{"reason":"queue_full","count":12}]}
        """;

    [Fact]
    public void Decode_InvalidUtf8_Is400()
    {
        var body = Encoding.UTF8.GetBytes(Good);
        body[Array.IndexOf(body, (byte)'b')] = 0xFF;

        Assert.Equal((400, ReasonCodes.MalformedJson), (Taking.Of(body).Refusal!.Status, Taking.Of(body).Refusal!.Code));
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(100_000, false)]
    public void Decode_Nesting_EndsAt32(int arrays, bool isRead)
    {
        var taken = Taking.Of($$"""{"x":{{new string('[', arrays)}}{{new string(']', arrays)}},"events":[]}""");

        Assert.Equal(isRead, taken.Refusal is null);
    }

    [Theory]
    [InlineData("""{"resource":7,"events":[]}""")]
    [InlineData("""{"resource":{"appVersion":["2"]},"events":[]}""")]
    [InlineData("""{"resource":{"tags":"beta"},"events":[]}""")]
    [InlineData("""{"dropped":{},"events":[]}""")]
    public void Decode_ResourceOfWrongShape_Is400AndNamesIt(string body)
    {
        var refusal = Taking.Of(body).Refusal!;

        Assert.Equal((400, ReasonCodes.InvalidField), (refusal.Status, refusal.Code));
        Assert.Contains(body.Split('"')[1], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_LossWithANameAndARange_KeepsBoth()
    {
        var taken = Taking.Of("""
            {"events":[],"resource":{"app":"notes"},"dropped":[{"reason":"queue_full","count":12,"report":"batch-7","firstSeq":3,"lastSeq":14,"firstAt":1000,"lastAt":2000},{"reason":"expired","count":1}]}
            """);

        Assert.Equal(EventIdentity.OfBatch("batch-7"u8), taken.Batch.Drops[0].BatchHash);
        Assert.Equal(new DoubtfulRange(3, 14, EventTime.FromMilliseconds(1000L), EventTime.FromMilliseconds(2000L)), taken.Batch.Drops[0].Doubt);
        Assert.NotEqual(taken.Batch.Drops[0].BatchHash, taken.Batch.Drops[1].BatchHash);
        Assert.Null(taken.Batch.Drops[1].Doubt);
    }

    [Theory]
    [InlineData(""" "firstSeq":3,"firstAt":1000,"lastAt":2000 """)]
    [InlineData(""" "firstSeq":0,"lastSeq":14,"firstAt":1000,"lastAt":2000 """)]
    [InlineData(""" "firstSeq":15,"lastSeq":14,"firstAt":1000,"lastAt":2000 """)]
    [InlineData(""" "firstSeq":3,"lastSeq":14,"firstAt":2001,"lastAt":2000 """)]
    [InlineData(""" "firstSeq":-9223372036854775808,"lastSeq":9223372036854775807,"firstAt":-1,"lastAt":9223372036854775807 """)]
    public void Decode_LossWithARangeThatMakesNoSense_IsALossWithoutOne(string range)
    {
        var taken = Taking.Of($$"""{"events":[],"resource":{"app":"notes"},"dropped":[{"reason":"queue_full","count":12,{{range}}}]}""");

        Assert.Equal((12L, null), (taken.Batch.Drops.Single().Count, taken.Batch.Drops.Single().Doubt));
    }

    [Theory]
    [InlineData("""{"resource":{"appVersion":2.4}}""", "2.4")]
    [InlineData("""{"resource":{"appVersion":null}}""", "")]
    [InlineData("""{"resource":null}""", "")]
    public void Decode_ResourceLeniencies_AreTaken(string body, string version) =>
        Assert.Equal(version, Taking.Of(body[..^1] + $$""","events":[{{Taking.EventJson()}}]}""").Event.Segment.AppVersion);

    [Fact]
    public void Decode_RandomBytes_NeverThrows() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        body => Taking.Of(body).Refusal is not null || body.Length > 0)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));

    [Fact]
    public void Decode_EveryTruncation_IsRefusedWhole()
    {
        var body = Encoding.UTF8.GetBytes(Good.TrimEnd());
        for (var length = 0; length < body.Length; length++)
            Assert.Equal(400, Taking.Of(body[..length]).Refusal?.Status);
        Assert.Equal(2, Taking.Of(body).Batch.Events.Count);
    }

    [Fact]
    public void Decode_MutatedBody_IsRefusedOrTakenEventByEvent()
    {
        var body = Encoding.UTF8.GetBytes(Good);
        var tokens = new[] { "null", "-1", "1e999", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "true", "99999999999999999999", "\"\"" }.Select(Encoding.UTF8.GetBytes).ToArray();
        var mutation = from at in Gen.Choose(0, body.Length - 1)
                       from cut in Gen.Choose(0, 12)
                       from put in Gen.OneOf(Gen.Elements(tokens), Gen.Choose(0, 255).Select(value => new[] { (byte)value }))
                       select (at, cut, put);
        Prop.ForAll(mutation.ListOf().ToArbitrary(), mutations =>
        {
            var mutated = mutations.Aggregate(body, (bytes, m) => Splice(bytes, m.at, m.cut, m.put));
            var taken = Taking.Of(mutated);
            return taken.Refusal is { Status: 400 or 413 } || taken.Batch.Events.Count + taken.Rejections.Count is >= 0 and <= EventLimits.MaxEventsPerBatch;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithQuietOnSuccess(true));
    }

    /// <summary>Whatever stands in one event's place, as long as it is JSON, costs its neighbours nothing.</summary>
    [Fact]
    public void Decode_AnyJsonInPlaceOfAnEvent_CostsTheOthersNothing()
    {
        var leaf = Gen.Elements("null", "1", "-1", "1.5", "1e400", "true", "\"x\"", "\"\\ud800\"", "\"2026-11-22T07:00:00Z\"", "[]", "{}", "[{\"count\":3}]", "{\"kind\":\"timeout\"}");
        var name = Gen.Elements("timestamp", "type", "success", "durationMs", "conflicts", "failures", "deferred", "error", "id", "seq", "ageMs", "lastSuccessAt", "outcome", "network", "retries", "bytesUp", "conflictCount", "zzz", "\\u0069d");
        var something = from pairs in (from n in name from l in leaf select $"\"{n}\":{l}").ListOf()
                        from whole in Gen.Frequency((9, Gen.Constant($"{{{string.Join(',', pairs)}}}")), (1, leaf))
                        select whole;
        Prop.ForAll(something.ToArbitrary(), e =>
        {
            var taken = Taking.Of($$"""{"events":[{{Taking.EventJson("\"id\":\"before\"")}},{{e}},{{Taking.EventJson("\"id\":\"after\"")}}]}""");
            return taken.Refusal is null && taken.Rejections.All(rejection => rejection.Index == 1) && taken.Batch.Events.Count + taken.Rejections.Count == 3;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithQuietOnSuccess(true));
    }

    private static byte[] Splice(byte[] bytes, int at, int cut, byte[] put)
    {
        at = Math.Min(at, bytes.Length);
        return [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + cut)..]];
    }
}
