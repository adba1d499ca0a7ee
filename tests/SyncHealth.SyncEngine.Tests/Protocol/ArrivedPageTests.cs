using System.Text;
using System.Text.Json;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Protocol;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Protocol;

public sealed class ArrivedPageTests
{
    private const string Changes = """[{"id":"n","version":7,"title":"t","body":"b","editedAt":5,"device":"phone","isDeleted":false}]""";

    [Theory]
    [InlineData($$"""{"nextToken":"t","hasMore":true,"changes":{{Changes}}}""")]
    [InlineData($$""" { "nextToken" : "t", "hasMore" : true, "changes" : {{Changes}} } """)]
    [InlineData($$"""{"changes":{{Changes}},"nextToken":"t","hasMore":true}""")]
    [InlineData($$"""{"hasMore":true,"more":{"nextToken":"x"},"nextToken":"t","changes":{{Changes}}}""")]
    public void Page_InAnyOrder_SaysWhereToGoOnAndIsRead(string body)
    {
        var page = Arrive(body);

        Assert.Equal(("t", true), (page.NextToken, page.HasMore));
        Assert.Equal("n", Assert.Single(page.Read().Value!.Changes).Id);
    }

    /// <summary>The first words are right: only who reads on finds that it is no page.</summary>
    [Theory]
    [InlineData("""{"nextToken":"t","hasMore":true,"changes":[{"id":7}]}""", "bad_field")]
    [InlineData("""{"nextToken":"t","hasMore":true,"changes":[{"id":"n""", "bad_field")]
    [InlineData("""{"nextToken":"t","hasMore":true}""", "bad_answer")]
    public void Page_BrokenFurtherOn_IsAFailureWhenItIsRead(string body, string code)
    {
        var page = Arrive(body);

        Assert.Equal(new SyncFailure(SyncErrorKind.Schema, code), page.Read().Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>captive portal</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"nextToken":7,"hasMore":true,"changes":[]}""")]
    [InlineData("""{"nextToken":null,"hasMore":true,"changes":[]}""")]
    [InlineData("""{"nextToken":"t","hasMore":"yes","changes":[]}""")]
    [InlineData("""{"nextToken":"t""")]
    public void WhatIsNoPage_IsRefusedAtOnce(string body) => Assert.ThrowsAny<JsonException>(() => Arrive(body));

    private static ArrivedPage Arrive(string body) => ArrivedPage.Of(Encoding.UTF8.GetBytes(body));
}
