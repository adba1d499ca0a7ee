using System.Net;
using System.Text;
using SyncHealth.Client.Sending;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Sending;

public sealed class AnswerReaderTests
{
    private static readonly byte[] Receipt = Encoding.UTF8.GetBytes("""{"accepted":2,"duplicates":1,"rejected":[{"index":0,"code":"x"}]}""");

    [Fact]
    public void Kind_EveryStatus_FollowsTheTable()
    {
        for (var status = 100; status <= 599; status++)
        {
            var expected = status switch
            {
                200 => AnswerKind.Delivered,
                400 or 422 => AnswerKind.Malformed,
                413 => AnswerKind.TooLarge,
                415 => AnswerKind.Unencodable,
                407 or 408 or 425 or 429 => AnswerKind.Retry,
                500 => AnswerKind.ServerError,
                _ when status / 100 == 4 => AnswerKind.Refused,
                _ => AnswerKind.Retry,
            };

            Assert.Equal(expected, AnswerReader.Kind(status, isPage: false));
        }
    }

    [Fact]
    public void Kind_PageOfSomethingBetween_NeverCostsAnEvent()
    {
        for (var status = 100; status <= 599; status++)
            Assert.Equal(status == 413 ? AnswerKind.TooLarge : AnswerKind.Retry, AnswerReader.Kind(status, isPage: true));
    }

    [Fact]
    public void Read_Receipt_IsDeliveredWithTheRejectedCounted()
    {
        var answer = Read(200, "application/json", Receipt);

        Assert.Equal((AnswerKind.Delivered, 1), (answer.Kind, answer.Rejected));
    }

    [Theory]
    [InlineData("text/html", "<html>Please log in</html>")]
    [InlineData("application/json", "<html>Please log in</html>")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"accepted\":")]
    [InlineData("application/json", "{\"accepted\":\"2\"}")]
    [InlineData(null, "ok")]
    public void Read_TwoHundredWithoutAReceipt_IsNoAnswer(string? mediaType, string body) =>
        Assert.Equal(AnswerKind.Retry, Read(200, mediaType, Encoding.UTF8.GetBytes(body)).Kind);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 22 Nov 2026 08:02:00 GMT", 120)]
    [InlineData("Sun, 22 Nov 2026 07:00:00 GMT", null)]
    [InlineData("-5", null)]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    [InlineData("315360000", 315360000)]
    [InlineData(null, null)]
    public void Read_RetryAfter_IsReadOrIgnored(string? value, int? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (value is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", value);

        var answer = AnswerReader.Read(SyncProtocol.Json, 429, response.Headers, "application/json", [], Some.Now);

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, answer.RetryAfter);
    }

    [Fact]
    public void Read_RetryAfterDate_IsHeldAgainstTheServersOwnClock()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Date", "Tue, 22 Nov 2039 08:00:00 GMT");
        response.Headers.TryAddWithoutValidation("Retry-After", "Tue, 22 Nov 2039 08:00:45 GMT");

        Assert.Equal(TimeSpan.FromSeconds(45), AnswerReader.Read(SyncProtocol.Json, 503, response.Headers, null, [], Some.Now).RetryAfter);
    }

    /// <summary>A server that hangs up on a head that was cut off says 400 without a word: the network's fault, not the events'.</summary>
    [Theory]
    [InlineData(true, "", AnswerKind.Retry)]
    [InlineData(true, "{\"code\":\"malformed_json\"}", AnswerKind.Malformed)]
    [InlineData(false, "", AnswerKind.Malformed)]
    internal void Read_FourHundredOfAConnectionThatEnds_CostsNoEvent(bool closes, string body, AnswerKind expected) =>
        Assert.Equal(expected, Read(400, null, Encoding.UTF8.GetBytes(body), closes).Kind);

    private static Answer Read(int status, string? mediaType, byte[] body, bool closes = false)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.ConnectionClose = closes;
        return AnswerReader.Read(SyncProtocol.Json, status, response.Headers, mediaType, body, Some.Now);
    }
}
