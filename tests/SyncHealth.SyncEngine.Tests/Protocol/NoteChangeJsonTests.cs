using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.SyncEngine.Protocol;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

/// <summary>Records of a page are read and written by hand: what comes out is what went in, and what is none is refused.</summary>
public sealed class NoteChangeJsonTests
{
    private const string Whole = """{"id":"n","version":7,"title":"t","body":"b","editedAt":1795334398120,"device":"phone","isDeleted":false}""";

    private static readonly NoteChange Change = new("n", 7, "t", "b", 1795334398120, "phone", IsDeleted: false);

    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true);

    [Fact]
    public void Written_ReadsTheSame() => Prop.ForAll(
        (from id in ArbMap.Default.ArbFor<NonEmptyString>().Generator
         from title in ArbMap.Default.ArbFor<UnicodeString>().Generator
         from body in ArbMap.Default.ArbFor<UnicodeString>().Generator
         from version in ArbMap.Default.ArbFor<long>().Generator
         from isDeleted in ArbMap.Default.ArbFor<bool>().Generator
         select new ChangesPage([new NoteChange(id.Get, version, title.Get ?? "", body.Get ?? "", version, "phone", isDeleted)], "t", true)).ToArbitrary(),
        static page =>
        {
            var text = JsonSerializer.Serialize(page, ProtocolJson.Default.ChangesPage);
            return Read(text) is var read && JsonSerializer.Serialize(read, ProtocolJson.Default.ChangesPage) == text && (read.NextToken, read.HasMore) == ("t", true);
        }).Check(Checks);

    [Fact]
    public void Written_IsAsTheProtocolHasIt() =>
        Assert.Equal($$"""{"nextToken":"t","hasMore":false,"changes":[{{Whole}}]}""", JsonSerializer.Serialize(new ChangesPage([Change], "t", HasMore: false), ProtocolJson.Default.ChangesPage));

    [Theory]
    [InlineData("""{"isDeleted":false,"device":"phone","editedAt":1795334398120,"body":"b","title":"t","version":7,"id":"n"}""")]
    [InlineData("""{"id":"n","of a later server":{"id":"m","list":[1,{}]},"version":7,"title":"t","body":"b","editedAt":1795334398120,"device":"phone","isDeleted":false,"more":null}""")]
    [InlineData("""{ "id" : "n" , "version":7,"title":"t","body":"b","editedAt":1795334398120,"device":"phone" }""")]
    public void AnyOrderUnknownFieldsAndDefaults_AreRead(string change) => Assert.Equal(Change, Assert.Single(Read(Page(change)).Changes));

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":"n","version":"7"}""")]
    [InlineData("""{"id":"n","version":7.5}""")]
    [InlineData("""{"id":"n","title":null}""")]
    [InlineData("""{"id":"n","title":{}}""")]
    [InlineData("""{"id":"n","isDeleted":0}""")]
    [InlineData("""{"id":"n" """)]
    public void WhatIsNone_IsRefused(string change) => Assert.Throws<JsonException>(() => Read(Page(change)));

    private static string Page(string change) => $$"""{"changes":[{{change}}],"nextToken":"t","hasMore":false}""";

    private static ChangesPage Read(string text) => JsonSerializer.Deserialize(text, ProtocolJson.Default.ChangesPage)!;
}
