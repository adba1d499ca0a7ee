using SyncHealth.Contracts;
using SyncHealth.Ingest.Tests.Support;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class EventIntakeTests
{
    [Fact]
    public void Take_AppOfTheKey_FillsAMissingOne() =>
        Assert.Equal("notes", Taking.OfEvent(resource: "{}").Event.Segment.App);

    [Fact]
    public void Take_NoAppAnywhere_IsAppRequired() =>
        Assert.Equal(ReasonCodes.AppRequired, Taking.Of($$"""{"events":[{{Taking.EventJson()}}]}""", keyApp: null).RejectCode);

    [Fact]
    public void Take_AppOfAnotherKey_IsAppMismatchAndKeepsNothing()
    {
        var taken = Taking.Of($$"""{"resource":{"app":"other"},"events":[{{Taking.EventJson("\"timestamp\":0")}}],"dropped":[{"reason":"r","count":1}]}""");

        Assert.Equal(ReasonCodes.AppMismatch, taken.RejectCode);
        Assert.Empty(taken.Batch.Quarantined);
        Assert.Empty(taken.Batch.Drops);
    }

    [Fact]
    public void Take_Ids_AreHashedUnderTheSecret()
    {
        var taken = Taking.OfEvent(resource: """{"app":"notes","deviceId":"d1","userRef":"u1"}""");

        Assert.True(taken.Event.HasDevice);
        Assert.Equal(Taking.Hasher.DeviceKey("notes", "d1"), taken.Event.DeviceKey);
        Assert.Equal(Taking.Hasher.UserKey("notes", "u1"), taken.Event.UserKey);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"deviceId":""}""")]
    [InlineData("""{"deviceId":null}""")]
    public void Take_NoDevice_HasTheAppsKey(string resource)
    {
        var taken = Taking.OfEvent(resource: resource);

        Assert.False(taken.Event.HasDevice);
        Assert.Equal(Taking.Hasher.AppKey("notes"), taken.Event.DeviceKey);
        Assert.Null(taken.Event.UserKey);
    }

    [Fact]
    public void Take_Resource_IsTheEventsSegment()
    {
        var taken = Taking.OfEvent(
            "\"network\":\"wifi\",\"trigger\":\"user\"",
            """{"app":"notes","appVersion":"2.4.1","os":"android","osVersion":"14","environment":"staging","deviceModel":"Pixel 8","tags":{"b":"2","a":"1"}}""");

        Assert.Equal(new("notes", "staging", "2.4.1", "android", "14", "wifi", "delta", "user"), taken.Event.Segment);
        Assert.Equal(new("Pixel 8", """{"a":"1","b":"2"}"""), taken.Batch.Profiles[taken.Event.Profile]);
    }

    [Fact]
    public void Take_NothingSaid_HasDefaults()
    {
        var taken = Taking.OfEvent(resource: "{}");

        Assert.Equal(new("notes", "production", "", "", "", "unknown", "delta", "unknown"), taken.Event.Segment);
        Assert.Equal(new("", "{}"), taken.Batch.Profiles[taken.Event.Profile]);
        Assert.Equal(0, taken.Event.ConflictCount);
        Assert.Equal(0, taken.Event.QueuedItems);
        Assert.Equal(SyncErrorKind.None, taken.Event.ErrorKind);
        Assert.Null(taken.Event.LastSuccessAt);
        Assert.Null(taken.Event.Metered);
    }

    [Fact]
    public void Take_VersionOnTheEvent_OutranksTheUploads()
    {
        var taken = Taking.OfEvent("\"appVersion\":\"2.3\",\"os\":\"ios\",\"osVersion\":\"17\"", """{"app":"notes","appVersion":"2.4","os":"android","osVersion":"14"}""");

        Assert.Equal(("2.3", "ios", "17"), (taken.Event.Segment.AppVersion, taken.Event.Segment.Os, taken.Event.Segment.OsVersion));
    }

    [Theory]
    [InlineData("\"success\":true", "", SyncOutcome.Success)]
    [InlineData("\"success\":true", "\"outcome\":\"partial\"", SyncOutcome.Partial)]
    [InlineData("\"success\":false", "", SyncOutcome.Failure)]
    [InlineData("\"success\":false", "\"outcome\":\"cancelled\"", SyncOutcome.Cancelled)]
    [InlineData("\"success\":false", "\"outcome\":\"postponed\"", SyncOutcome.Failure)]
    [InlineData("\"type\":\"open\"", "", SyncOutcome.None)]
    [InlineData("\"type\":\"reset\"", "\"rejected\":3", SyncOutcome.None)]
    public void Take_Outcome_FollowsSuccess(string first, string second, SyncOutcome expected) =>
        Assert.Equal(expected, Taking.OfEvent(second.Length == 0 ? first : $"{first},{second}").Event.Outcome);

    [Theory]
    [InlineData("\"success\":true,\"outcome\":\"failure\"")]
    [InlineData("\"success\":true,\"outcome\":\"cancelled\"")]
    [InlineData("\"success\":false,\"outcome\":\"success\"")]
    [InlineData("\"success\":false,\"outcome\":\"partial\"")]
    public void Take_OutcomeAgainstSuccess_IsInconsistent(string fields) =>
        Assert.Equal(ReasonCodes.InconsistentOutcome, Taking.OfEvent(fields).RejectCode);

    [Theory]
    [InlineData("""{"type":"delta","success":true,"durationMs":1}""", ReasonCodes.TimestampRequired)]
    [InlineData("""{"timestamp":null,"type":"delta","success":true,"durationMs":1}""", ReasonCodes.TimestampRequired)]
    [InlineData("""{"timestamp":1795334400000,"success":true,"durationMs":1}""", ReasonCodes.TypeRequired)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","durationMs":1}""", ReasonCodes.SuccessRequired)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","success":true}""", ReasonCodes.DurationRequired)]
    [InlineData("""{"timestamp":1795334400000,"type":"later","success":true,"durationMs":1}""", ReasonCodes.InvalidType)]
    [InlineData("""{"timestamp":1795334400000,"type":7,"success":true,"durationMs":1}""", ReasonCodes.InvalidType)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","success":"yes","durationMs":1}""", ReasonCodes.InvalidField)]
    [InlineData("""{"timestamp":"soon","type":"delta","success":true,"durationMs":1}""", ReasonCodes.InvalidField)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","success":true,"durationMs":-1}""", ReasonCodes.DurationOutOfRange)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","success":true,"durationMs":-0.6}""", ReasonCodes.DurationOutOfRange)]
    [InlineData("""{"timestamp":1795334400000,"type":"delta","success":true,"durationMs":"1"}""", ReasonCodes.InvalidField)]
    [InlineData("17", ReasonCodes.InvalidField)]
    [InlineData("null", ReasonCodes.InvalidField)]
    [InlineData("[[1],2]", ReasonCodes.InvalidField)]
    public void Take_BadEvent_IsRefusedWithItsReason(string e, string code)
    {
        var taken = Taking.Of($$"""{"events":[{{Taking.EventJson()}},{{e}},{{Taking.EventJson()}}]}""");

        Assert.Equal((1, code), (Assert.Single(taken.Rejections).Index, taken.RejectCode));
        Assert.Equal(2, taken.Batch.Events.Count);
    }

    [Fact]
    public void Take_HeartbeatOfTimestampAndType_IsEnough() =>
        Assert.Equal(SyncType.Open, Taking.Of("""{"events":[{"timestamp":1795334400000,"type":"open","queuedItems":4}]}""").Event.Type);

    [Fact]
    public void Take_TheArticlesOwnEvent_IsAcceptedAsItStands()
    {
        var now = Taking.Now.ToUnixTimeMilliseconds();

        var taken = Taking.Of($$"""{"events":[{"timestamp":{{now}},"type":"delta","success":true,"durationMs":812,"conflictCount":0,"queuedItems":0}]}""");

        Assert.Equal(Taking.Now, taken.Event.EventAt);
        Assert.Equal(812, taken.Event.DurationMs);
    }

    [Fact]
    public void Take_Drops_CarryTheBatch()
    {
        var taken = Taking.Of("""{"resource":{"deviceId":"d1"},"dropped":[{"reason":"queue_full","count":12},{"reason":7},"x"]}""");

        var drop = Assert.Single(taken.Batch.Drops);
        Assert.Equal(("notes", Taking.Hasher.DeviceKey("notes", "d1"), "queue_full", 12L), (drop.App, drop.DeviceKey, drop.Reason, drop.Count));
    }
}
