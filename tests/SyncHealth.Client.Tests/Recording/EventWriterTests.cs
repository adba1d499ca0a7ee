using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Client.Recording;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Contracts;

namespace SyncHealth.Client.Tests.Recording;

public sealed class EventWriterTests
{
    private const string Id = "5f2a9c01b7de443-4711";

    /// <summary>The event of the contract, section 3, with every field.</summary>
    private const string ContractEvent = """
        {"id":"5f2a9c01b7de443-4711","seq":4711,"timestamp":"2026-11-22T07:59:58.12Z","type":"delta","success":true,"durationMs":812,"conflictCount":1,"queuedItems":0,"outcome":"success","direction":"both","trigger":"foreground","network":"wifi","metered":false,"retries":2,"error":{"kind":"server","code":"http_503"},"pushed":3,"pulled":12,"applied":12,"rejected":1,"bytesUp":914,"bytesDown":5120,"oldestPendingMs":0,"lastSuccessAt":"2026-11-22T07:44:58Z","conflicts":[{"entity":"note","kind":"update_update","strategy":"lww","winner":"remote","discarded":1,"count":1}],"failures":[{"entity":"photo","kind":"denied","code":"http_422","count":1,"parked":true}],"deferred":[{"reason":"metered","count":2}]}
        """;

    [Fact]
    public void Write_FullEvent_IsTheContractsJson()
    {
        var record = new EventRecord(SyncType.Delta)
        {
            Timestamp = new DateTimeOffset(2026, 11, 22, 8, 59, 58, 120, TimeSpan.FromHours(1)).AddTicks(4321),
            DurationMs = 812,
            Outcome = SyncOutcome.Success,
            Direction = SyncDirection.Both,
            Trigger = SyncTrigger.Foreground,
            Network = SyncNetwork.Wifi,
            Metered = false,
            Retries = 2,
            ErrorKind = SyncErrorKind.Server,
            ErrorCode = "http_503",
            Pushed = 3,
            Pulled = 12,
            Applied = 12,
            Rejected = 1,
            BytesUp = 914,
            BytesDown = 5120,
            OldestPendingMs = 0,
            LastSuccessAt = new DateTimeOffset(2026, 11, 22, 7, 44, 58, TimeSpan.Zero),
        };
        record.Add(new ConflictEntry("note", ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 1, 1));
        record.Add(new FailureEntry("photo", "denied", "http_422", 1, true));
        record.Add(new DeferredEntry("metered", 2));

        Assert.Equal(ContractEvent, Write(record, 4711));
    }

    [Fact]
    public void Write_BareEvent_HasTheArticlesSixFieldsAndIdentity()
    {
        var json = Write(new EventRecord(SyncType.Open) { Timestamp = Some.Now }, 1);

        Assert.Equal("""{"id":"5f2a9c01b7de443-4711","seq":1,"timestamp":"2026-11-22T08:00:00Z","type":"open","success":true,"durationMs":0,"conflictCount":0,"queuedItems":0}""", json);
    }

    [Fact]
    public void Write_EnumThatHasNoName_SaysUnknown()
    {
        var json = Parse(new EventRecord((SyncType)99) { Network = (SyncNetwork)99, ErrorKind = (SyncErrorKind)99 });

        Assert.Equal("unknown", json.GetProperty("type").GetString());
        Assert.Equal("unknown", json.GetProperty("network").GetString());
        Assert.Equal("unknown", json.GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public void Write_AnyValues_ReadBackTheSame()
    {
        var numbers = Gen.Choose(0, int.MaxValue);
        var cases = from text in ArbMap.Default.GeneratorFor<string>()
                    from type in Gen.Elements(Enum.GetValues<SyncType>())
                    from network in Gen.Elements(Enum.GetValues<SyncNetwork>())
                    from duration in numbers
                    from queued in numbers
                    from conflicts in Gen.Choose(0, 5)
                    select (text, type, network, duration, queued, conflicts);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var record = new EventRecord(c.type) { Timestamp = Some.Now, Network = c.network, DurationMs = c.duration, QueuedItems = c.queued, ErrorKind = SyncErrorKind.Client, ErrorCode = c.text };
            for (var i = 0; i < c.conflicts; i++)
                record.Add(new ConflictEntry(i + (c.text ?? ""), ConflictKind.Unique, ConflictStrategy.Crdt, ConflictWinner.Merged, 0, 1));

            var json = Parse(record);

            return json.GetProperty("type").GetString() == Wire.Type.NameOf(c.type)
                && json.GetProperty("durationMs").GetInt64() == c.duration
                && json.GetProperty("queuedItems").GetInt32() == c.queued
                && json.GetProperty("conflictCount").GetInt32() == c.conflicts
                && (c.text is null || json.GetProperty("error").GetProperty("code").GetString() == WellFormed(c.text))
                && (c.conflicts == 0 || json.GetProperty("conflicts").GetArrayLength() == c.conflicts);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    private static JsonElement Parse(EventRecord record)
    {
        using var document = JsonDocument.Parse(Write(record, 1));
        return document.RootElement.Clone();
    }

    private static string Write(EventRecord record, long seq)
    {
        var buffer = new ByteBuffer(16);
        using (var json = new Utf8JsonWriter(buffer))
            EventWriter.Write(json, record, Encoding.ASCII.GetBytes(Id), seq);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    // Half a surrogate pair is no text in any encoding: it becomes the replacement character.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
