# One image, roles by command: `up --role ingest`, `up --role alerting`, `up --role dashboard`, `fleet`, `receivers`, `migrate`.
FROM node:20.20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0-bookworm-slim AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
RUN dotnet publish host/SyncHealth.Host/SyncHealth.Host.csproj -c Release -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0-bookworm-slim
# The data folder of a role; made here so that the volume belongs to the user below.
RUN mkdir -p /var/lib/synchealth/data /secrets && chown -R "$APP_UID" /var/lib/synchealth /secrets
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV XDG_DATA_HOME=/var/lib
ENTRYPOINT ["dotnet", "synchealth.dll"]
CMD ["up"]
