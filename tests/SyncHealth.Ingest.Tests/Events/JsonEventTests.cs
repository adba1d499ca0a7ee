using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Events;

public sealed class JsonEventTests
{
    [Fact]
    public void Decode_EveryField_ReachesItsPlace()
    {
        var row = Taking.OfEvent("""
            "seq":4711,"success":false,"outcome":"failure","direction":"both","trigger":"foreground","network":"cellular","metered":true,"retries":2,
            "error":{"kind":"server","code":"http_503"},"pushed":3,"pulled":12,"applied":11,"rejected":1,"bytesUp":914,"bytesDown":5120,
            "oldestPendingMs":1000,"queuedItems":7,"lastSuccessAt":"2026-11-22T07:44:58Z","conflictCount":2,
            "conflicts":[{"entity":"note","kind":"update_delete","strategy":"lww","winner":"remote","discarded":1,"count":2}]
            """).Event;

        Assert.Equal((4711L, SyncOutcome.Failure, SyncDirection.Both, SyncErrorKind.Server, "http_503"), (row.Seq, row.Outcome, row.Direction, row.ErrorKind, row.ErrorCode));
        Assert.Equal((true, 2, 3, 12, 11, 1), (row.Metered, row.Retries, row.Pushed, row.Pulled, row.Applied, row.Rejected));
        Assert.Equal((914L, 5120L, 1000L, 7, 2), (row.BytesUp, row.BytesDown, row.OldestPendingMs, row.QueuedItems, row.ConflictCount));
        Assert.Equal(("cellular", "foreground"), (row.Segment.Network, row.Segment.Trigger));
        Assert.Equal(new ConflictEntry("note", ConflictKind.UpdateDelete, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 2), Assert.Single(row.Conflicts!));
    }

    [Fact]
    public void Decode_ResourceAndClockAfterTheEvents_CountAllTheSame()
    {
        var taken = Taking.Of($$"""{"events":[{{Taking.EventJson("\"timestamp\":\"2026-11-22T09:59:00Z\"")}}],"resource":{"deviceId":"d1","appVersion":"2"},"sentAt":"2026-11-22T10:00:00Z"}""");

        Assert.Equal("2", taken.Event.Segment.AppVersion);
        Assert.True(taken.Event.HasDevice);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 7, 59, 0, TimeSpan.Zero), taken.Event.EventAt);
    }

    [Fact]
    public void Decode_UnknownFields_AreIgnoredAndCounted()
    {
        var taken = Taking.Of($$"""{"x":[{}],"resource":{"y":1},"events":[{{Taking.EventJson("\"z\":{\"deep\":[1,2]},\"conflicts\":[{\"q\":1}]")}}]}""");

        Assert.Equal(4, taken.Adjustments.UnknownFields);
        Assert.Single(taken.Batch.Events);
    }

    [Fact]
    public void Decode_UnknownEnumValues_BecomeUnknownAndAreCounted()
    {
        var taken = Taking.OfEvent("""
            "success":false,"direction":"sideways","trigger":"moon","network":"carrier_pigeon","error":{"kind":"gremlins"},
            "conflicts":[{"kind":"k","strategy":"s","winner":"w"}]
            """);

        Assert.Equal((SyncDirection.Unknown, SyncErrorKind.Unknown), (taken.Event.Direction, taken.Event.ErrorKind));
        Assert.Equal(("unknown", "unknown"), (taken.Event.Segment.Trigger, taken.Event.Segment.Network));
        Assert.Equal(new ConflictEntry("", ConflictKind.Unknown, ConflictStrategy.Unknown, ConflictWinner.Unknown, 0, 1), Assert.Single(taken.Event.Conflicts!));
        Assert.Equal(7, taken.Adjustments.UnknownValues);
    }

    [Theory]
    [InlineData("\"conflictCount\":5,\"conflicts\":[{\"count\":2},{\"count\":1}]", 5, 3, 0)]
    [InlineData("\"conflictCount\":2,\"conflicts\":[{\"count\":1},{\"count\":4}]", 2, 2, 1)]
    [InlineData("\"conflicts\":[{\"count\":1},{\"count\":4}],\"conflictCount\":2", 2, 2, 1)]
    [InlineData("\"conflicts\":[{\"count\":1},{\"count\":4}]", 5, 5, 0)]
    [InlineData("\"conflictCount\":0,\"conflicts\":[{}]", 0, 0, 1)]
    [InlineData("\"conflicts\":[{\"count\":9}],\"conflicts\":[{\"count\":1}]", 1, 1, 0)]
    public void Decode_ConflictCount_IsTheNumber(string fields, int count, int listed, int clamped)
    {
        var taken = Taking.OfEvent(fields);

        Assert.Equal(count, taken.Event.ConflictCount);
        Assert.Equal(listed, (taken.Event.Conflicts ?? []).Sum(entry => entry.Count));
        Assert.Equal(clamped, taken.Adjustments.Clamped);
    }

    [Fact]
    public void Decode_FailuresAndDeferred_BecomeDetails()
    {
        var taken = Taking.OfEvent("""
            "failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}]
            """);

        Assert.Equal(
            """{"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}]}""",
            taken.Event.DetailsJson);
    }

    [Fact]
    public void Decode_ListsOfOneEvent_DoNotLeakIntoTheNext()
    {
        var taken = Taking.Of($$"""{"events":[{{Taking.EventJson("\"conflicts\":[{}],\"failures\":[{}]")}},{{Taking.EventJson()}}]}""");

        Assert.Null(taken.Batch.Events[1].Conflicts);
        Assert.Null(taken.Batch.Events[1].DetailsJson);
        Assert.Equal(0, taken.Batch.Events[1].ConflictCount);
    }

    [Theory]
    [InlineData("\"conflicts\":{}")]
    [InlineData("\"conflicts\":[7]")]
    [InlineData("\"conflicts\":[{\"count\":-1}]")]
    [InlineData("\"conflicts\":[{\"count\":1.5}]")]
    [InlineData("\"failures\":[{\"parked\":\"yes\"}]")]
    [InlineData("\"failures\":[{\"entity\":[]}]")]
    [InlineData("\"deferred\":[[]]")]
    [InlineData("\"error\":\"timeout\"")]
    [InlineData("\"error\":{\"kind\":7}")]
    [InlineData("\"retries\":\"3\"")]
    [InlineData("\"retries\":-1")]
    [InlineData("\"retries\":2147483648")]
    [InlineData("\"retries\":1e30")]
    [InlineData("\"pushed\":1.5")]
    [InlineData("\"conflictCount\":100001")]
    [InlineData("\"bytesUp\":9223372036854775807")]
    [InlineData("\"bytesUp\":9223372036854775808")]
    [InlineData("\"seq\":-1")]
    [InlineData("\"metered\":0")]
    [InlineData("\"network\":5")]
    [InlineData("\"id\":{}")]
    [InlineData("\"lastSuccessAt\":\"yesterday\"")]
    [InlineData("\"appVersion\":2")]
    public void Decode_WrongTypeOrRange_IsInvalidFieldAndNamesIt(string fields)
    {
        var taken = Taking.OfEvent(fields);

        Assert.Equal(ReasonCodes.InvalidField, taken.RejectCode);
        Assert.Contains(fields.Split('"')[1], taken.Rejections[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"retries\":3.0", 3)]
    [InlineData("\"retries\":null", 0)]
    [InlineData("\"retries\":1,\"retries\":2", 2)]
    [InlineData("\"\\u0072etries\":4", 4)]
    public void Decode_SpellingsOfANumber_AreThatNumber(string fields, int expected) => Assert.Equal(expected, Taking.OfEvent(fields).Event.Retries);

    [Theory]
    [InlineData("86400000", 86_400_000, 0)]
    [InlineData("86400001", 86_400_000, 1)]
    [InlineData("1e400", 86_400_000, 1)]
    [InlineData("9007199254740993", 86_400_000, 1)]
    [InlineData("811.6", 812, 0)]
    [InlineData("0", 0, 0)]
    public void Decode_Duration_IsHeldToADay(string durationMs, int expected, int clamped)
    {
        var taken = Taking.OfEvent($"\"durationMs\":{durationMs}");

        Assert.Equal(expected, taken.Event.DurationMs);
        Assert.Equal(clamped, taken.Adjustments.Clamped);
    }

    [Fact]
    public void Decode_LongStrings_AreCutAndCounted()
    {
        var taken = Taking.OfEvent($"\"error\":{{\"code\":\"{new string('x', 1025)}\"}},\"success\":false", $$$"""{"app":"notes","tags":{"{{{new string('t', 201)}}}":"{{{new string('v', 300)}}}"}}""");

        Assert.Equal(1024, taken.Event.ErrorCode!.Length);
        Assert.Equal($$"""{"{{new string('t', 200)}}":"{{new string('v', 200)}}"}""", taken.Batch.Profiles[0].TagsJson);
        Assert.Equal(3, taken.Adjustments.Cut);
    }

    [Fact]
    public void Decode_CutInsideASurrogatePair_LeavesNoHalf()
    {
        var taken = Taking.OfEvent($"\"error\":{{\"code\":\"{new string('x', 1023)}😀\"}},\"success\":false");

        Assert.Equal(new string('x', 1023), taken.Event.ErrorCode);
    }

    [Fact]
    public void Decode_MoreTagsThanAllowed_KeepsSixteen()
    {
        var tags = string.Join(',', Enumerable.Range(10, 20).Select(i => $"\"t{i}\":{i}"));

        var taken = Taking.OfEvent(resource: "{\"app\":\"notes\",\"tags\":{" + tags + "}}");

        Assert.Equal(16, taken.Batch.Profiles[0].TagsJson.Split(',').Length);
        Assert.Equal(4, taken.Adjustments.Cut);
    }

    [Theory]
    [InlineData("a\\u0000b", "a\uFFFDb")]
    [InlineData("\\ud800", "\uFFFD")]
    [InlineData("\\udc00x", "\uFFFDx")]
    [InlineData("\\ud800\\ud83d\\ude00", "\uFFFD😀")]
    public void Decode_WhatPostgresCannotKeep_IsReplacedAndCounted(string code, string expected)
    {
        var taken = Taking.OfEvent($"\"error\":{{\"code\":\"{code}\"}},\"success\":false");

        Assert.Equal(expected, taken.Event.ErrorCode);
        Assert.Equal(1, taken.Adjustments.Scrubbed);
    }

    [Fact]
    public void Decode_Escapes_AreRead() =>
        Assert.Equal("\"\\/\b\f\n\r\té😀", Taking.OfEvent("\"error\":{\"code\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"},\"success\":false").Event.ErrorCode);
}
