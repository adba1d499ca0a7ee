using System.Net.Http.Headers;
using System.Text;
using SyncHealth.SyncEngine.Protocol;

namespace SyncHealth.Fleet.Networks;

/// <summary>The defect of a release that calls deletions by a name that the server does not know.</summary>
/// <param name="isOn">Whether the release in use has the defect.</param>
/// <param name="inner">The network.</param>
internal sealed class DeletionRenamer(Func<bool> isOn, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (isOn() && request.Content is { } content)
        {
            var body = content.Headers.ContentEncoding.Contains(Gzip.Name)
                ? Encoding.UTF8.GetString(await Gzip.UnpackAsync(await content.ReadAsStreamAsync(cancellationToken), int.MaxValue, cancellationToken) ?? [])
                : await content.ReadAsStringAsync(cancellationToken);
            request.Content = new StringContent(body.Replace("\"kind\":\"delete\"", "\"kind\":\"remove\"", StringComparison.Ordinal))
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") },
            };
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
