namespace SyncHealth.Fleet.Networks;

/// <summary>An app that insists on one certificate. Once that has run out, the app hangs up on every server by itself, before a request leaves.</summary>
/// <param name="hasRunOut">Whether the release in use insists on a certificate that has run out.</param>
/// <param name="inner">The network.</param>
internal sealed class CertificatePin(Func<bool> hasRunOut, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => hasRunOut()
        ? Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.SecureConnectionError, "The server's certificate is not the one that this release insists on."))
        : base.SendAsync(request, cancellationToken);
}
