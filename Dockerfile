# One image for every process of production: the command says which (see docker-compose.yml).
# The Node of .node-version. To hold the image itself by its hash: --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:...
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/node/package.json scripts/node/
RUN npm ci
COPY config.ts log.ts memory.ts tsconfig.json tsconfig.build.json ./
COPY scripts scripts/
COPY activities activities/
COPY api api/
COPY db db/
COPY emails emails/
COPY tracing tracing/
COPY worker worker/
COPY workflows workflows/
RUN npm run build && npm prune --omit=dev

FROM ${NODE_IMAGE}
ENV NODE_ENV=production TZ=UTC HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 4400 4408 4409 4410
CMD ["node", "--enable-source-maps", "dist/api/main.js"]
