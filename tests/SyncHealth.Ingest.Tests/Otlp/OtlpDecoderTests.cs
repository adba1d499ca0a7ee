using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Otlp;
using SyncHealth.Ingest.Tests.Support;
using SyncHealth.Storage.Writes;
using Xunit;

namespace SyncHealth.Ingest.Tests.Otlp;

public sealed class OtlpDecoderTests
{
    private static readonly DateTimeOffset At = Taking.Now.AddSeconds(-2);
    private static readonly string Nanoseconds = (At.ToUnixTimeMilliseconds() * 1_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static readonly (string, object)[] Resource =
    [
        ("service.name", "notes"), ("service.version", "2.4.1"), ("os.type", "linux"), ("os.name", "android"), ("os.version", "14"),
        ("service.instance.id", "run-1"), ("app.installation.id", "d1"), ("device.model.identifier", "Pixel 8"),
        ("deployment.environment.name", "staging"), ("enduser.id", "u1"), ("cohort", "beta"), ("build", 7), ("beta", true),
    ];

    private static readonly (string, object)[] Attempt =
    [
        ("sync.type", "delta"), ("sync.success", false), ("sync.outcome", "failure"), ("sync.duration_ms", 811.6), ("sync.conflict_count", 3),
        ("sync.queue_depth", 7), ("sync.oldest_pending_ms", 1000), ("sync.direction", "both"), ("sync.trigger", "foreground"), ("sync.retries", 2),
        ("sync.items.pushed", 3), ("sync.items.pulled", 12), ("sync.items.applied", 11), ("sync.items.rejected", 1), ("sync.bytes.up", 914L),
        ("sync.bytes.down", 5120), ("sync.network.metered", true), ("sync.last_success_at", "2026-11-22T07:44:58Z"), ("sync.event.seq", 4711),
        ("sync.event.id", "e1"), ("sync.error.kind", "server"), ("error.type", "http_503"), ("network.connection.type", "cell"),
        ("sync.conflicts", new object[] { new (string, object)[] { ("entity", "note"), ("kind", "update_delete"), ("strategy", "lww"), ("winner", "remote"), ("discarded", 1), ("count", 2) } }),
        ("sync.failures", new object[] { new (string, object)[] { ("entity", "photo"), ("kind", "denied"), ("code", "c"), ("count", 1), ("parked", true) } }),
        ("sync.deferred.metered", 2), ("sync.dropped.queue_full", 12),
    ];

    private const string JsonRequest = """
        {"resourceLogs":[{"scopeLogs":[{"scope":{"name":"s"},"logRecords":[{"attributes":[
          {"key":"sync.type","value":{"stringValue":"delta"}},{"value":{"boolValue":false},"key":"sync.success"},{"key":"sync.outcome","value":{"stringValue":"failure"}},
          {"key":"sync.duration_ms","value":{"doubleValue":811.6}},{"key":"sync.conflict_count","value":{"intValue":"3"}},{"key":"sync.queue_depth","value":{"intValue":7}},
          {"key":"sync.oldest_pending_ms","value":{"intValue":"1000"}},{"key":"sync.direction","value":{"stringValue":"both"}},{"key":"sync.trigger","value":{"stringValue":"foreground"}},
          {"key":"sync.retries","value":{"intValue":"2"}},{"key":"sync.items.pushed","value":{"intValue":"3"}},{"key":"sync.items.pulled","value":{"intValue":"12"}},
          {"key":"sync.items.applied","value":{"intValue":"11"}},{"key":"sync.items.rejected","value":{"intValue":"1"}},{"key":"sync.bytes.up","value":{"intValue":"914"}},
          {"key":"sync.bytes.down","value":{"intValue":"5120"}},{"key":"sync.network.metered","value":{"boolValue":true}},
          {"key":"sync.last_success_at","value":{"stringValue":"2026-11-22T07:44:58Z"}},{"key":"sync.event.seq","value":{"intValue":"4711"}},
          {"key":"sync.event.id","value":{"stringValue":"\u0065\u0031"}},{"key":"sync.error.kind","value":{"stringValue":"server"}},{"key":"error.type","value":{"stringValue":"http_503"}},
          {"key":"network.connection.type","value":{"stringValue":"cell"}},
          {"key":"sync.conflicts","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"entity","value":{"stringValue":"note"}},{"key":"kind","value":{"stringValue":"update_delete"}},
             {"key":"strategy","value":{"stringValue":"lww"}},{"key":"winner","value":{"stringValue":"remote"}},{"key":"discarded","value":{"intValue":"1"}},{"key":"count","value":{"intValue":"2"}}]}}]}}},
          {"key":"sync.failures","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"entity","value":{"stringValue":"photo"}},{"key":"kind","value":{"stringValue":"denied"}},
             {"key":"code","value":{"stringValue":"c"}},{"key":"count","value":{"intValue":1}},{"key":"parked","value":{"boolValue":true}}]}}]}}},
          {"key":"sync.deferred.metered","value":{"intValue":"2"}},{"key":"sync.dropped.queue_full","value":{"intValue":"12"}}],
          "eventName":"sync.attempt","timeUnixNano":"TIME","severityNumber":9,"traceId":"5b8efff798038103d269b633813fc60c"}]}],
        "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"notes"}},{"key":"service.version","value":{"stringValue":"2.4.1"}},
          {"key":"os.name","value":{"stringValue":"android"}},{"key":"os.version","value":{"stringValue":"14"}},{"key":"app.installation.id","value":{"stringValue":"d1"}},
          {"key":"device.model.identifier","value":{"stringValue":"Pixel 8"}},{"key":"deployment.environment.name","value":{"stringValue":"staging"}},
          {"key":"enduser.id","value":{"stringValue":"u1"}},{"key":"cohort","value":{"stringValue":"beta"}},{"key":"build","value":{"intValue":"7"}},{"key":"beta","value":{"boolValue":true}}]}}]}
        """;

    [Fact]
    public void Decode_EveryAttribute_ReachesItsPlace()
    {
        var taken = Proto(OtlpBody.Record("sync.attempt", At, Attempt));
        var row = taken.Event;

        Assert.Equal(At, row.DeviceAt);
        Assert.Equal(new("notes", "staging", "2.4.1", "android", "14", "cellular", "delta", "foreground"), row.Segment);
        Assert.Equal(Taking.Hasher.DeviceKey("notes", "d1"), row.DeviceKey);
        Assert.Equal(Taking.Hasher.UserKey("notes", "u1"), row.UserKey);
        Assert.Equal(new("Pixel 8", """{"beta":"true","build":"7","cohort":"beta"}"""), taken.Batch.Profiles[row.Profile]);
        Assert.Equal((SyncOutcome.Failure, SyncErrorKind.Server, "http_503", 812, SyncDirection.Both), (row.Outcome, row.ErrorKind, row.ErrorCode, row.DurationMs, row.Direction));
        Assert.Equal((3, 7, 1000L, 2, true), (row.ConflictCount, row.QueuedItems, row.OldestPendingMs, row.Retries, row.Metered));
        Assert.Equal((3, 12, 11, 1, 914L, 5120L), (row.Pushed, row.Pulled, row.Applied, row.Rejected, row.BytesUp, row.BytesDown));
        Assert.Equal(new ConflictEntry("note", ConflictKind.UpdateDelete, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 2), Assert.Single(row.Conflicts!));
        Assert.Equal("""{"failures":[{"entity":"photo","kind":"denied","code":"c","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}]}""", row.DetailsJson);
        Assert.Equal(("queue_full", 12L), (taken.Batch.Drops.Single().Reason, taken.Batch.Drops.Single().Count));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 7, 44, 58, TimeSpan.Zero), row.LastSuccessAt);
    }

    [Fact]
    public void Decode_JsonProtobufAndOwnJson_AreTheSameEvent()
    {
        var proto = Proto(OtlpBody.Record("sync.attempt", At, Attempt));
        var json = Json(JsonRequest.Replace("TIME", Nanoseconds, StringComparison.Ordinal));
        var own = Taking.OfEvent("""
            "id":"e1","timestamp":"2026-11-22T07:59:58Z","seq":4711,"success":false,"outcome":"failure","durationMs":812,"direction":"both","trigger":"foreground","network":"cellular",
            "metered":true,"retries":2,"error":{"kind":"server","code":"http_503"},"pushed":3,"pulled":12,"applied":11,"rejected":1,"bytesUp":914,"bytesDown":5120,
            "oldestPendingMs":1000,"queuedItems":7,"lastSuccessAt":"2026-11-22T07:44:58Z","conflictCount":3,
            "conflicts":[{"entity":"note","kind":"update_delete","strategy":"lww","winner":"remote","discarded":1,"count":2}],
            "failures":[{"entity":"photo","kind":"denied","code":"c","parked":true}],"deferred":[{"reason":"metered","count":2}]
            """);

        foreach (var taken in new[] { json, own })
        {
            Assert.Equal(proto.Event.IdHash, taken.Event.IdHash);
            Assert.Equal(proto.Event.BodyHash, taken.Event.BodyHash);
            Assert.Equal(proto.Event.DeviceAt, taken.Event.DeviceAt);
            Assert.Equal(proto.Event.DeviceKey, taken.Event.DeviceKey);
        }

        Assert.Equal(proto.Event.Segment, json.Event.Segment);
        Assert.Equal(proto.Batch.Profiles, json.Batch.Profiles);
        Assert.Equal(proto.Batch.Drops.Single().Reason, json.Batch.Drops.Single().Reason);
    }

    [Fact]
    public void Decode_SdkAttributes_AreTagsLikeAllOthers()
    {
        var taken = Decode(OtlpBody.Request(OtlpBody.ResourceLogs(
            [("telemetry.sdk.name", "opentelemetry"), ("telemetry.sdk.language", "swift"), ("service.name", "notes"), ("cohort", "beta")],
            OtlpBody.Record("sync.open", At))));

        Assert.Equal(
            """{"cohort":"beta","telemetry.sdk.language":"swift","telemetry.sdk.name":"opentelemetry"}""", taken.Batch.Profiles[taken.Event.Profile].TagsJson);
    }

    [Fact]
    public void Decode_SdkAttributesBeforeSixteenTags_TakeNoTagsPlace()
    {
        var sdk = new (string, object)[] { ("telemetry.sdk.name", "opentelemetry"), ("telemetry.sdk.language", "swift"), ("telemetry.sdk.version", "1.9") };
        var tags = Enumerable.Range(10, EventLimits.MaxTags).Select(number => ($"tag{number}", (object)number));
        var taken = Decode(OtlpBody.Request(OtlpBody.ResourceLogs([("service.name", "notes"), .. sdk, .. tags], OtlpBody.Record("sync.open", At))));

        var expected = string.Join(',', Enumerable.Range(10, EventLimits.MaxTags).Select(number => $"\"tag{number}\":\"{number}\""));
        Assert.Equal("{" + expected + "}", taken.Batch.Profiles[taken.Event.Profile].TagsJson);
    }

    [Theory]
    [InlineData("app.installation.id", "device.id", "service.instance.id")]
    [InlineData("service.instance.id", "device.id", "app.installation.id")]
    public void Decode_SeveralDeviceIds_TheContractsOrderDecides(string first, string second, string third)
    {
        var resource = new (string, object)[] { (first, first), (second, second), (third, third), ("service.name", "notes") };

        var taken = Decode(OtlpBody.Request(OtlpBody.ResourceLogs(resource, OtlpBody.Record("sync.open", At))));

        Assert.Equal(Taking.Hasher.DeviceKey("notes", "app.installation.id"), taken.Event.DeviceKey);
    }

    [Fact]
    public void Decode_OpenAndReset_NeedNoAttributes()
    {
        var taken = Proto(OtlpBody.Record("sync.open", At, ("sync.queue_depth", 4)), OtlpBody.Record("sync.reset", At, ("sync.items.rejected", 2)));

        Assert.Equal([SyncType.Open, SyncType.Reset], taken.Batch.Events.Select(e => e.Type));
    }

    [Fact]
    public void Decode_NameInTheAttribute_IsAsGood()
    {
        var taken = Proto(OtlpBody.Record("", At, ("event.name", "sync.open")));

        Assert.Equal(SyncType.Open, taken.Event.Type);
    }

    [Fact]
    public void Decode_OtherEventNames_AreAcceptedNotStoredAndCounted()
    {
        var taken = Proto(OtlpBody.Record("app.crash", At, ("sync.conflict.lww", 3)), OtlpBody.Record("sync.open", At), OtlpBody.Record("", At));

        Assert.Equal(SyncType.Open, taken.Event.Type);
        Assert.Equal(0, taken.Event.ConflictCount);
        Assert.Empty(taken.Rejections);
        Assert.Equal(2, taken.Adjustments.Ignored);
    }

    [Fact]
    public void Decode_FlatConflictCounts_AreCountsByStrategy()
    {
        var taken = Proto(OtlpBody.Record(
            "sync.attempt", At, ("sync.type", "full"), ("sync.success", true), ("sync.duration_ms", 5), ("sync.conflict.lww", 2), ("sync.conflict.crdt", 1), ("sync.conflict_count", 4)));

        Assert.Equal([(ConflictStrategy.Lww, 2), (ConflictStrategy.Crdt, 1)], taken.Event.Conflicts!.Select(entry => (entry.Strategy, entry.Count)));
        Assert.Equal(4, taken.Event.ConflictCount);
    }

    [Fact]
    public void Decode_BrokenRecord_IsRejectedAlone()
    {
        var taken = Proto(OtlpBody.Record("sync.open", At), OtlpBody.Record("sync.attempt", At, ("sync.type", "delta"), ("sync.success", "yes"), ("sync.duration_ms", 1)), OtlpBody.Record("sync.attempt", At));

        Assert.Single(taken.Batch.Events);
        Assert.Equal([ReasonCodes.InvalidField, ReasonCodes.TypeRequired], taken.Rejections.Select(rejection => rejection.Code));
    }

    [Fact]
    public void Decode_RecordOutOfRange_IsQuarantinedAsJson()
    {
        var record = OtlpBody.Record("sync.open", At.AddYears(1));

        Assert.StartsWith("""{"timestamp":"2027-11-22T""", Assert.Single(Proto(record).Batch.Quarantined).Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(33, false)]
    [InlineData(1_000, false)]
    public void Decode_NestedValues_EndAt32(int depth, bool isRead)
    {
        var any = Enumerable.Range(0, depth).Aggregate(OtlpBody.Any("x"), (inner, _) => OtlpBody.Field(5, OtlpBody.Field(1, inner)));
        var attribute = OtlpBody.Field(6, [.. OtlpBody.Field(1, "deep"u8.ToArray()), .. OtlpBody.Field(2, any)]);

        Assert.Equal(isRead, Proto((byte[])[.. OtlpBody.Record("sync.open", At), .. attribute]).Refusal is null);
    }

    /// <summary>Found by the oracle: a broken pair deep in a value that nobody reads was passed over.</summary>
    [Fact]
    public void Decode_BrokenPairInAnUnusedList_IsRefusedAsGeneratedCodeRefusesIt()
    {
        byte[] brokenPair = [.. OtlpBody.Field(1, "entity"u8.ToArray()), 0x15, 0x01];
        var list = OtlpBody.Field(6, OtlpBody.Field(1, brokenPair));
        var attribute = OtlpBody.Field(6, [.. OtlpBody.Field(1, "unused"u8.ToArray()), .. OtlpBody.Field(2, list)]);

        Assert.Equal(400, Proto((byte[])[.. OtlpBody.Record("sync.open", At), .. attribute]).Refusal?.Status);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{"resourceLogs":7}""")]
    [InlineData("""{"resourceLogs":[7]}""")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""")]
    [InlineData("""{"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"intValue":"x"}}]}}]}""")]
    [InlineData("""{"resourceLogs":[]} 7""")]
    public void Decode_JsonOfAnotherShape_Is400(string body) => Assert.Equal(400, Json(body).Refusal?.Status);

    [Fact]
    public void Decode_JsonWithoutRecords_IsFine() => Assert.Null(Json("""{"resourceLogs":[{"scopeLogs":null,"resource":null},{}]}""").Refusal);

    [Fact]
    public void Decode_MutatedProtobuf_IsRefusedOrTakenRecordByRecord()
    {
        var body = Body(OtlpBody.Record("sync.attempt", At, Attempt), OtlpBody.Record("sync.open", At));
        AssertSurvives(body, bytes => Taking.Of(bytes, decode: OtlpProtoDecoder.Decode));
    }

    [Fact]
    public void Decode_MutatedJson_IsRefusedOrTakenRecordByRecord() => AssertSurvives(
        Encoding.UTF8.GetBytes(JsonRequest.Replace("TIME", Nanoseconds, StringComparison.Ordinal)),
        bytes => Taking.Of(bytes, decode: OtlpJsonDecoder.Decode));

    private static void AssertSurvives(byte[] body, Func<byte[], Taking> take)
    {
        Assert.Null(take(body).Refusal);
        var mutation = from at in Gen.Choose(0, body.Length - 1)
                       from kind in Gen.Choose(0, 3)
                       from value in Gen.Choose(0, 255)
                       select (at, kind, (byte)value);
        Prop.ForAll(mutation.ListOf().ToArbitrary(), mutations =>
        {
            var mutated = mutations.Aggregate(body.AsEnumerable(), (bytes, m) => Mutate([.. bytes], m.at, m.kind, m.Item3)).ToArray();
            var taken = take(mutated);
            return taken.Refusal is { Status: 400 } || taken.Batch.Events.Count + taken.Rejections.Count <= mutated.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true));
    }

    private static byte[] Mutate(byte[] bytes, int at, int kind, byte value)
    {
        at = Math.Min(at, Math.Max(0, bytes.Length - 1));
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes.Skip(at + 1)],
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes.Skip(at + 1)],
            _ => [.. bytes[..at], value, .. bytes[at..]],
        };
    }

    private static byte[] Body(params byte[][] records) => OtlpBody.Request(OtlpBody.ResourceLogs(Resource, records));

    private static Taking Proto(params byte[][] records) => Decode(Body(records));

    private static Taking Decode(byte[] body) => Taking.Of(body, decode: OtlpProtoDecoder.Decode);

    private static Taking Json(string body) => Taking.Of(body, decode: OtlpJsonDecoder.Decode);
}
